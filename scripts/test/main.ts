/**
 * Gets what the tests need from the system, then runs them. Arguments go to vitest. The last line is always
 * `<n> passed, <n> failed`.
 */
import { spawnSync } from 'node:child_process'
import { withTools } from '../root.ts'
import { chromium } from '../system/chromium.ts'
import { provide } from '../system/provide.ts'
import { thisMachine } from '../system/this-machine.ts'
import { closingCount } from './closing-count.ts'
import { isFull, notice, variable as fullVariable, withoutExamples } from './full.ts'
import { hint, isWithoutBrowser, vitestArguments, warning } from './without-browser.ts'

const given = process.argv.slice(2)
const full = isFull(given, process.env)
if (full) {
  process.env[fullVariable] = '1'
  // How often a property of the parser is tried.
  process.env['MILLRACE_RUNS'] ??= '5000'
}
const withoutBrowser = isWithoutBrowser(given, process.env)
if (withoutBrowser) console.warn(warning)
else provideBrowser()

const { createVitest, parseCLI, TestsNotFoundError } = await import('vitest/node')
const args = vitestArguments(withoutExamples(given, full), withoutBrowser)
const { filter, options } = parseCLI(['vitest', 'run', ...args])
Object.assign(process.env, { TEST: 'true', VITEST: 'true', NODE_ENV: process.env.NODE_ENV ?? 'test' })
const vitest = await createVitest({ ...options, watch: false })
await vitest.start(filter).catch((error: unknown) => {
  process.exitCode = 1
  // vitest has already said that no file matches.
  if (!(error instanceof TestsNotFoundError)) console.error(error)
})
const { passed, failed } = closingCount(vitest)
if (failed > 0) process.exitCode = 1

process.on('exit', () => {
  if (withoutBrowser) console.warn(warning)
  if (!full) console.log(notice)
  console.log(`${passed} passed, ${failed} failed`)
})
// Not `startVitest()`, whose closing has no time limit: on a busy machine a browser was seen not to go.
await vitest.exit()

/** Names the browser for vitest.config.ts, or ends the run with the one line that gets it. */
function provideBrowser(): void {
  const browser = provide(chromium, thisMachine(), (command, commandArgs) => {
    console.log(`$ ${command} ${commandArgs.join(' ')}`)
    const env = { ...withTools(), DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(command, commandArgs, { stdio: 'inherit', env }).status === 0
  })
  if (browser.type === 'refused') {
    console.error(`${browser.message}\n${hint}`)
    process.exit(1)
  }
  process.env[chromium.variable] = browser.path
}
