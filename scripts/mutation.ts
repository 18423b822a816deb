/**
 * Changes the code in small ways and looks whether a test notices: `pnpm mutation core`, or a part of it with
 * `pnpm mutation core --files packages/client/src/core/request.ts`. With `--tests` that name fewer tests it takes less long:
 * what these do not notice others may.
 */
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { parts } from './mutation/parts.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
    concurrency: { type: 'string', default: '2' },
  },
})
const [name = ''] = positionals
const part = parts[name]
if (part === undefined) {
  console.error(`Name a part: ${Object.keys(parts).join(', ')}`)
  process.exit(1)
}

process.env['MUTATION_TESTS'] = JSON.stringify(values.tests ?? part.tests)
process.env['MUTATION_WITHOUT'] = JSON.stringify(part.without ?? [])
const results = await new Stryker({
  mutate: [...(values.files ?? part.mutate)],
  testRunner: 'vitest',
  // What a mutant needs of the tests is known by its coverage: to look for it in all imports each time takes longer.
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  // Stryker would rewrite tsconfig.json with an API that TypeScript 7 no longer has, and needs none here.
  tsconfigFile: 'none',
  coverageAnalysis: 'perTest',
  concurrency: Number(values.concurrency),
  ignorePatterns: ['/packages/*/dist', '/demo', '/docs'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: `reports/mutation-${name}.json` },
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  allowConsoleColors: false,
  tempDirName: '.stryker-tmp',
  thresholds: { high: 98, low: part.least, break: values.files || values.tests ? 0 : part.least },
}).runMutationTest()
if (results.length === 0) process.exitCode = 1
