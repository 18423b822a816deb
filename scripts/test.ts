/**
 * Runs every test in Node, happy-dom and a real Chromium, and gets what they need from the system first.
 * Arguments go to vitest. The last line is always `<n> passed, <n> failed`.
 */
import { spawnSync } from 'node:child_process'
import { createVitest, parseCLI, TestsNotFoundError } from 'vitest/node'
import { withTools } from './root.ts'
import { chromium } from './system/chromium.ts'
import { provide } from './system/provide.ts'
import { thisMachine } from './system/this-machine.ts'
import { closingCount } from './test/closing-count.ts'
import { leaveOut, leavesOutExamples, notice } from './test/example-apps.ts'
import { hint, isWithoutBrowser, variable, vitestArguments, warning } from './test/without-browser.ts'

const given = process.argv.slice(2)
const withoutExamples = leavesOutExamples(given, process.env)
const args = withoutExamples ? [...given, leaveOut] : given
const withoutBrowser = isWithoutBrowser(args, process.env)
if (withoutBrowser) goWithoutBrowser()
else provideBrowser()

const { filter, options } = parseCLI(['vitest', 'run', ...vitestArguments(args, withoutBrowser)])
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
  if (withoutExamples) console.log(notice)
  console.log(`${passed} passed, ${failed} failed`)
})
// Not `startVitest()`, whose closing has no time limit: on a busy machine a browser was seen not to go.
await vitest.exit()

/** Tests in Node that drive a browser of their own look at the variable. */
function goWithoutBrowser(): void {
  console.warn(warning)
  process.env[variable] = '1'
}

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
