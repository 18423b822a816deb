import { defineConfig } from 'vitest/config'

/** The tests of one part in Node, and nothing else: every mutant runs them. */
export default defineConfig({
  resolve: { conditions: ['@millrace/source', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['@millrace/source', 'node', 'development|production'] } },
  test: { include: JSON.parse(process.env['MUTATION_TESTS'] ?? '[]'), update: false },
})
