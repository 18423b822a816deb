import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { scenario, serve } from '@millrace/test-server'
import { build, type BuildOptions } from 'esbuild'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { root } from '../scripts/root.ts'
import { fromRoot, otherEntries } from '../tsup.base.ts'

const client = join(root, 'packages', 'client')
const entry = 'compat/fetch-event-source/index'
let published = ''

/** The root and one more entry as Node gets them: each a file of its own, with its own copy of what both need. */
beforeAll(async () => {
  published = await mkdtemp(join(tmpdir(), 'millrace-entries-'))
  const options: BuildOptions = {
    absWorkingDir: client,
    outdir: published,
    conditions: ['@millrace/source'],
    format: 'esm',
    platform: 'node',
    bundle: true,
  }
  const file = otherEntries(client)[entry] ?? ''
  await build({ ...options, entryPoints: { index: 'src/index.ts' } })
  await build({ ...options, entryPoints: { [entry]: file }, plugins: [fromRoot(client)] })
  const manifest = {
    name: '@millrace/client',
    type: 'module',
    exports: { '.': './index.js', './fetch-event-source': `./${entry}.js` },
  }
  await writeFile(join(published, 'package.json'), JSON.stringify(manifest))
  return () => rm(published, { recursive: true })
})

/** Reads the URL in a process of its own, with a secret and an `onopen`; what it writes. */
async function readElsewhere(url: string, init: object): Promise<string> {
  const program = `
    import { fetchEventSource } from '@millrace/client/fetch-event-source'
    const init = ${JSON.stringify(init)}
    let code = 'none'
    const onerror = (error) => { throw error }
    await fetchEventSource(${JSON.stringify(url)}, { ...init, onopen() {}, onerror }).catch((error) => (code = error.code))
    process.stdout.write(code)`
  const args = ['--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: published })
  return stdout
}

test('for Node fetchEventSource() with onopen sends neither a secret header nor a body to another origin', async () => {
  const there = await serve(scenario([{ type: 'event', data: 'there' }, { type: 'end' }]))
  const here = await serve(scenario([{ type: 'redirect', to: there.url }]))
  onTestFinished(async () => void (await Promise.all([here.close(), there.close()])))
  const headers = { 'x-api-key': 'k' }

  expect(await readElsewhere(here.url, { headers })).toBe('none')
  expect(there.requests).toHaveLength(1)
  expect(there.requests[0]?.headers).not.toHaveProperty('x-api-key')
  expect(await readElsewhere(here.url, { headers, method: 'POST', body: 'secret' })).toBe('redirect')
  expect(there.requests).toHaveLength(1)
})

test('for Node fetchEventSource() with onopen takes redirects that lead back for one attempt, which is final', async () => {
  const here = await serve(scenario([{ type: 'redirect', to: '/' }]))
  onTestFinished(() => here.close())

  expect(await readElsewhere(here.url, {})).toBe('redirect')
  expect(here.requests).toHaveLength(1)
})
