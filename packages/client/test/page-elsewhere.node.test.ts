import { createContext, runInContext } from 'node:vm'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../test/support/remote.ts'
import { bundledClient } from './support/bundled-client.ts'

const client = await bundledClient(['browser'])

/** A realm with fetch and what belongs to it, and no page, in which the client for pages was loaded. */
const realm = () => {
  const { fetch, URL, Headers, Response, AbortController, TextDecoder, TextEncoder, MessageChannel } =
    globalThis
  const { Event, EventTarget, performance, queueMicrotask, setTimeout, clearTimeout } = globalThis
  const own = { fetch, URL, Headers, Response, AbortController, TextDecoder, TextEncoder, MessageChannel }
  const context = createContext({
    ...own,
    Event,
    EventTarget,
    performance,
    queueMicrotask,
    setTimeout,
    clearTimeout,
  })
  return (code: string): unknown => runInContext(code, context)
}

const answer = scenario([
  { type: 'event', id: '1', data: 'text' },
  { type: 'event', data: '[DONE]' },
  { type: 'end' },
])
const read = (url: string) =>
  `client.collect(client.fetchEventStream('${url}', { json: {}, until: '[DONE]' }))`

test('a bundle that was made for pages reads streams where nothing can be listened to, as in Node', async ({
  onTestFinished,
}) => {
  const server = await play(answer)
  onTestFinished(() => server.dispose())
  const run = realm()
  run(client)
  expect(run('typeof addEventListener')).toBe('undefined')
  expect(await run(read(server.url))).toMatchObject({ outcome: { type: 'complete' } })
})

test('engines of 2021 have what it calls', async ({ onTestFinished }) => {
  const server = await play(answer)
  onTestFinished(() => server.dispose())
  const run = realm()
  // What came to Firefox after 90, and to Chromium after 92.
  run(`for (const name of ['findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with', 'group', 'groupToMap'])
    delete Array.prototype[name]
  for (const name of ['hasOwn', 'groupBy']) delete Object[name]
  for (const name of ['withResolvers', 'try']) delete Promise[name]
  for (const name of ['isWellFormed', 'toWellFormed']) delete String.prototype[name]
  delete Map.groupBy
  delete Array.fromAsync
  delete Error.captureStackTrace
  delete globalThis.Iterator`)
  run(client)
  expect(await run(read(server.url))).toMatchObject({ outcome: { type: 'complete' } })
})
