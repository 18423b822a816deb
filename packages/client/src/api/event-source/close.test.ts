import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { streamOf, timedSource } from '../../../test/support/timed-source.ts'

test('close() in the error listener prevents the retry', async () => {
  const { time, at, source } = timedSource(() => Promise.reject(new TypeError('down')))
  source.onerror = () => source.close()
  await time.advance(60_000)
  expect([at.length, source.readyState, time.due]).toEqual([1, 2, []])
})

test('close() aborts what is under way: the server sees the socket close', async () => {
  await using server = await play(scenario([{ type: 'comment', text: 'hello' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('open')
  source.close()
  expect(source.readyState).toBe(2)
  await server.closed()
  expect(heard.log).toEqual(['open'])
})

test('close() before the headers frees the socket, and tells nothing', async () => {
  await using server = await play(scenario([{ type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await server.requests(1)
  source.close()
  await server.closed()
  expect([source.readyState, heard.log]).toEqual([2, []])
})

test('close() right after the constructor sends nothing', async () => {
  const { time, at, source } = timedSource(() => new Promise(() => {}))
  source.close()
  await time.advance(1000)
  expect(at).toEqual([])
})

test('close() inside open leaves the messages of that connection undelivered', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  source.onopen = () => source.close()
  await server.closed()
  expect(heard.log).toEqual(['open'])
})

test('close() while waiting to retry stops the timer', async () => {
  const { time, at, source } = timedSource(() => streamOf('data: a\n\n'))
  const heard = hear(source, 'error')
  await time.advance(100)
  expect(heard.log).toEqual(['error'])
  source.close()
  expect(time.due).toEqual([])
  await time.advance(60_000)
  expect([at.length, heard.log]).toEqual([1, ['error']])
})

test('there is never more than one connection, and none after CLOSED', async () => {
  const time = virtualTime()
  const open = new Set<object>()
  let most = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      const connection = {}
      open.add(connection)
      most = Math.max(most, open.size)
      const gone = () => void open.delete(connection)
      init?.signal?.addEventListener('abort', gone)
      return new Response(new ReadableStream({ cancel: gone }), {
        headers: { 'content-type': 'text/event-stream' },
      })
    },
  })
  for (let n = 0; n < 50; n++) {
    await time.advance(n % 3)
    source.reconnect()
  }
  await time.advance(10)
  source.close()
  await time.advance(10)
  expect([most, open.size]).toEqual([1, 0])
})

test('an aborted signal closes without an event, and one that is aborted already sends nothing', async () => {
  const time = virtualTime()
  let calls = 0
  const fetch = () => {
    calls++
    return new Promise<Response>(() => {})
  }
  const controller = new AbortController()
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch,
    signal: controller.signal,
  })
  const heard = hear(source, 'open', 'error')
  await time.advance(10)
  controller.abort()
  expect([source.readyState, calls, heard.log]).toEqual([2, 1, []])

  const never = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch,
    signal: AbortSignal.abort(),
  })
  await time.advance(10)
  expect([never.readyState, calls]).toEqual([2, 1])
})
