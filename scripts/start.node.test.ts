import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { root } from './root.ts'

test('start tells of an odd argument before it builds anything', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'millrace-'))
  onTestFinished(() => rm(clone, { recursive: true }))
  // No packages: there is nothing to build, and nothing to build with.
  for (const folder of ['scripts', 'demo'])
    await cp(join(root, folder), join(clone, folder), { recursive: true })

  const program = join(clone, 'scripts/start.ts')
  const run = promisify(execFile)(process.execPath, [program, '--nope'])
  await expect(run).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: "Unknown option '--nope': see pnpm start --help.\n",
  })
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--help'])
  expect(stdout).toMatch(/^Usage:\n {2}pnpm start /)
})
