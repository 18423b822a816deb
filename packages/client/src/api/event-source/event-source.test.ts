import { EventSource } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'

test('EventSource opens, dispatches messages in order, and close() frees the socket', async () => {
  await using server = await play(
    scenario([
      { type: 'event', data: 'a', id: '1' },
      { type: 'event', data: 'b', event: 'named' },
      { type: 'hang' },
    ]),
  )
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'named', 'error')
  expect(source.readyState).toBe(EventSource.CONNECTING)
  const named = await heard.nth('named')

  expect(heard.log).toEqual(['open', 'a', 'b'])
  expect(named).toBeInstanceOf(MessageEvent)
  expect(named).toMatchObject({ data: 'b', lastEventId: '1', origin: new URL(server.url).origin })
  expect(source.readyState).toBe(EventSource.OPEN)
  source.close()
  expect(source.readyState).toBe(EventSource.CLOSED)
  await server.closed()
  expect(heard.log).toEqual(['open', 'a', 'b'])
})

test('EventSource goes on after a clean end, with the last event ID', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'event', data: 'one', id: '1', retry: 0 }, { type: 'end' }] },
      { steps: [{ type: 'event', data: 'two' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  const second = await heard.nth('message', 2)
  source.close()

  expect(heard.log).toEqual(['open', 'one', 'error', 'open', 'two'])
  expect(second).toMatchObject({ data: 'two', lastEventId: '1' })
  expect((await server.requests(2))[1]).toMatchObject({ lastEventId: '1' })
})

test('EventSource.reconnect() goes on at once and tells no error', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a', id: '7' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('message')
  source.reconnect()
  expect(source.readyState).toBe(EventSource.CONNECTING)
  await heard.nth('message', 2)
  source.close()

  expect(heard.log).toEqual(['open', 'a', 'open', 'a'])
  expect((await server.requests(2))[1]).toMatchObject({ lastEventId: '7' })
})

test('EventSource tells a refusal as one error with .error, .message, .code and .status, and is CLOSED', async () => {
  await using server = await play(scenario([{ type: 'status', status: 401 }, { type: 'end' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'error')
  const error = await heard.nth('error')

  expect(source.readyState).toBe(EventSource.CLOSED)
  expect(error).toMatchObject({
    code: 401,
    status: 401,
    message: 'The server answered 401',
    error: { name: 'EventStreamError', code: 'http-status', willRetry: false },
  })
  await server.closed()
})
