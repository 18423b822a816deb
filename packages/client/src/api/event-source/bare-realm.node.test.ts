import { EventSource } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { afterAll, expect, test, vi } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'

// As in React Native, which has Event and EventTarget. Node's own fetch has asked for it before.
vi.stubGlobal('MessageEvent', undefined)
// Other files run in the same process.
afterAll(() => void vi.unstubAllGlobals())

test('where there is no MessageEvent, messages are events with its members', async ({ onTestFinished }) => {
  const server = await play(scenario([{ type: 'event', id: '7', data: 'text' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  onTestFinished(async () => {
    source.close()
    await server.dispose()
  })
  const event = await hear(source, 'message').nth('message')
  expect(event).toBeInstanceOf(Event)
  expect(event).toMatchObject({
    type: 'message',
    data: 'text',
    lastEventId: '7',
    origin: new URL(server.url).origin,
    source: null,
    ports: [],
  })
})

test('where MessageEvent comes later, as in a test environment, messages are of that kind from then on', async () => {
  const body = () => new Response('data: text\n\n', { headers: { 'content-type': 'text/event-stream' } })
  const firstMessage = async () => {
    const source = new EventSource('http://127.0.0.1/', { fetch: async () => body() })
    const event = await hear(source, 'message').nth('message')
    source.close()
    return event
  }
  const before = await firstMessage()
  vi.unstubAllGlobals()
  expect(before).not.toBeInstanceOf(MessageEvent)
  expect(await firstMessage()).toBeInstanceOf(MessageEvent)
})
