import { EventSource, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

const headers = { 'content-type': 'text/event-stream' }

/** A source on a virtual clock. `text`: what its server says before it falls silent; null: it never answers. */
function silent(text: string | null, init: EventSourceInit) {
  const time = virtualTime()
  let calls = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    ...init,
    fetch: async () => {
      calls++
      if (text === null) return new Promise<Response>(() => {})
      const start = (it: ReadableStreamDefaultController) => it.enqueue(new TextEncoder().encode(text))
      return new Response(new ReadableStream({ start }), { headers })
    },
  })
  return { time, source, heard: hear(source, 'error'), calls: () => calls }
}

test.each<[string, string | null, EventSourceInit, number, object, boolean]>([
  ['no reply to a GET', null, {}, 30_000, { code: 'timeout', timeout: 'headers' }, true],
  ['no reply to a POST', null, { method: 'POST' }, 600_000, { code: 'not-repeated' }, false],
  ['a headers timeout', null, { timeouts: { headers: 1 } }, 1, { timeout: 'headers' }, true],
  ['an idle timeout', 'data: a\n\n', { timeouts: { idle: 700 } }, 700, { timeout: 'idle' }, true],
  ['a firstEvent timeout', ': a\n', { timeouts: { firstEvent: 900 } }, 900, { timeout: 'firstEvent' }, true],
  ['a total timeout', 'data: a\n\n', { timeouts: { total: 800 } }, 800, { timeout: 'total' }, false],
])('%s fails the connection at its very moment', async (_, text, init, ms, error, willRetry) => {
  const { time, source, heard } = silent(text, init)
  await time.advance(ms - 1)
  expect(heard.log).toEqual([])
  await time.advance(1)
  expect(heard.all).toMatchObject([{ error: { ...error, willRetry } }])
  expect(source.readyState).toBe(willRetry ? 0 : 2)
  source.close()
})

test.each(['GET', 'POST'])(
  'by default no silence ends a connection that was opened by %s',
  async (method) => {
    const { time, source, heard, calls } = silent(': a\n', { method })
    await time.advance(1_200_000)
    expect([heard.log, source.readyState, calls()]).toEqual([[], 1, 1])
    source.close()
  },
)

test('Infinity turns the headers timeout off', async () => {
  const { time, source, heard, calls } = silent(null, { timeouts: { headers: Number.POSITIVE_INFINITY } })
  await time.advance(1_200_000)
  expect([heard.log, source.readyState, calls()]).toEqual([[], 0, 1])
  source.close()
})
