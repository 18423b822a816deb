import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root, withTools } from './root.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// Inside the workspace, so that the sample tests find vitest.
const folder = mkdtempSync(join(root, 'node_modules/.millrace-test-'))
const samples = {
  'vitest.config.js': `export default { test: { include: ['*.js'], exclude: ['vitest.config.js'], isolate: false, maxWorkers: 1 } }`,
  'passes.js': `import { test } from 'vitest'; test('a', () => {}); test('b', () => {})`,
  'fails.js': `import { test } from 'vitest'; test('c', () => { throw new TypeError('c') })`,
  'breaks.js': `throw new TypeError('at load')`,
}

beforeAll(() => {
  for (const [name, code] of Object.entries(samples)) writeFileSync(join(folder, name), code)
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly lastLine: string | undefined
}

/** `pnpm test` with these arguments in the folder of samples. */
function runTests(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const program = [join(root, 'scripts/test.ts'), `--root=${folder}`, ...args]
  return new Promise((resolve) => {
    const child = execFile('node', program, { env: { ...withTools(), ...env } }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) })
    })
  })
}

test.concurrent('pnpm test counts a file that does not load as failed', async () => {
  const { status, lastLine } = await runTests(['--without-browser'])
  expect({ status, lastLine }).toEqual({ status: 1, lastLine: '2 passed, 2 failed' })
})

test.concurrent('pnpm test goes on without a browser when told to, says so loudly, and ends with a plain count', async () => {
  const { status, stderr, lastLine } = await runTests(['passes'], { MILLRACE_WITHOUT_BROWSER: '1' })
  expect({ status, lastLine }).toEqual({ status: 0, lastLine: '2 passed, 0 failed' })
  expect(stderr).toContain('Running WITHOUT a browser')
})

test.concurrent('pnpm test stops with one clear line when the browser it was given is not there', async () => {
  const { status, stdout, stderr } = await runTests(['passes'], { MILLRACE_CHROMIUM: '/no/such/browser' })
  expect(status).toBe(1)
  expect(stderr).toContain('MILLRACE_CHROMIUM is /no/such/browser, which is not Chromium.')
  expect(stdout).not.toContain('passed')
})
