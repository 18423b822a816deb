import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { createViteServer } from 'vitest/node'
import { root } from '../scripts/root.ts'
import { play } from './support/remote.ts'

const page = readFileSync(join(root, 'docs/bundlers.md'), 'utf8')
const [, config = ''] = /^```js\n\/\/ vite\.config\.js\n([\s\S]*?)^```$/m.exec(page) ?? []

test("Vite's proxy, configured as docs/bundlers.md says, tells a page that the server broke off", async ({
  onTestFinished,
}) => {
  const upstream = await play(
    scenario([{ type: 'event', data: 'Hel' }, { type: 'gate', name: 'read' }, { type: 'reset' }]),
  )
  onTestFinished(() => upstream.dispose())
  const told = config.replace('http://localhost:3000', upstream.url)
  expect(told).not.toBe(config)
  const { server } = (await import(`data:text/javascript,${encodeURIComponent(told)}`)).default
  const vite = await createViteServer({
    configFile: false,
    logLevel: 'silent',
    root: import.meta.dirname,
    optimizeDeps: { noDiscovery: true },
    server: { ...server, host: '127.0.0.1', port: 0, watch: null, ws: false },
  })
  onTestFinished(() => vite.close())
  await vite.listen()

  const [url] = vite.resolvedUrls?.local ?? []
  const stream = fetchEventStream(`${url}api`, { json: {}, until: '[DONE]' })
  onTestFinished(() => stream.close())
  const events = stream[Symbol.asyncIterator]()
  expect(await events.next()).toMatchObject({ value: { data: 'Hel' } })
  await upstream.release('read')
  await expect(events.next()).rejects.toMatchObject({ code: 'network' })
})
