import { defineConfig } from 'vitest/config'
import { QuickestFirst } from './quickest-first.ts'

const conditions = ['@millrace/source', 'node', 'development|production']

/** The tests of one part in Node, and nothing else: every mutant runs them. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    include: JSON.parse(process.env['MUTATION_TESTS'] ?? '[]'),
    exclude: JSON.parse(process.env['MUTATION_WITHOUT'] ?? '[]'),
    globalSetup: ['./test/setup/test-server.ts'],
    provide: { full: false },
    update: false,
    // One process for all files: to start one for each took longer than the tests.
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    // What waits for ever has noticed the mutant.
    testTimeout: 8000,
    expect: { poll: { timeout: 6000 } },
  },
})
