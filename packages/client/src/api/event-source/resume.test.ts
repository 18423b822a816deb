import { EventSource, lastEventIdQuery, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

const headers = { 'content-type': 'text/event-stream' }

/** Each request is answered by the next of these: a body, which ends, or an error. The last one again and again. */
function answering(replies: readonly (string | Error)[], init: EventSourceInit = {}) {
  const time = virtualTime()
  const calls: { url: string; method: string; id: string | null; body: unknown }[] = []
  const source = new EventSource('http://feed.example/events', {
    runtime: time.runtime,
    ...init,
    fetch: async (url, given) => {
      const id = new Headers(given?.headers).get('last-event-id')
      calls.push({ url: String(url), method: given?.method ?? '', id, body: given?.body })
      const reply = replies[Math.min(calls.length, replies.length) - 1] ?? ''
      if (typeof reply !== 'string') throw reply
      return new Response(reply, { headers })
    },
  })
  return { time, calls, source, heard: hear(source, 'open', 'message', 'error') }
}

test('a POST goes on with method, body and Last-Event-ID once the server has sent an ID', async () => {
  const { time, calls, source, heard } = answering(['id: 1\ndata: a\n\n', 'data: b\n\n'], {
    method: 'POST',
    body: 'question',
  })
  await time.advance(5000)
  source.close()
  expect(heard.log.slice(0, 5)).toEqual(['open', 'a', 'error', 'open', 'b'])
  expect(calls.slice(0, 2).map(({ method, body, id }) => [method, body, id])).toEqual([
    ['POST', 'question', null],
    ['POST', 'question', '1'],
  ])
})

test('a POST without an ID from the server is not repeated: CLOSED, and the error names the option', async () => {
  const { time, calls, source, heard } = answering(['data: a\n\n'], { method: 'POST', body: 'question' })
  await time.advance(60_000)
  expect([calls.length, source.readyState, heard.log]).toEqual([1, 2, ['open', 'a', 'error']])
  expect(heard.all.at(-1)).toMatchObject({
    error: { code: 'not-repeated' },
    message: expect.stringContaining('retry: { unsafe: true }'),
  })
})

test('a POST that may be sent twice is, with retry: { unsafe: true }', async () => {
  const { time, calls, source } = answering([new TypeError('down'), 'data: a\n\n'], {
    method: 'POST',
    body: 'question',
    retry: { unsafe: true },
  })
  await time.advance(10_000)
  source.close()
  expect(calls.length).toBeGreaterThan(1)
})

test('a subscription by lastEventIdQuery() sends the ID in the query, never in the header', async () => {
  const { time, calls, source } = answering(['id: …\ndata: a\n\n', 'id\ndata: b\n\n', 'data: c\n\n'], {
    resume: lastEventIdQuery('from'),
  })
  await time.advance(10_000)
  source.close()
  expect(calls.slice(0, 3).map(({ url, id }) => [url, id])).toEqual([
    ['http://feed.example/events', null],
    ['http://feed.example/events?from=%E2%80%A6', null],
    ['http://feed.example/events', null],
  ])
})

test('an initial lastEventId goes by lastEventIdQuery(), too', async () => {
  const { time, calls, source } = answering(['data: a\n\n'], {
    resume: lastEventIdQuery('from'),
    lastEventId: '7',
  })
  await time.advance(10)
  source.close()
  expect(calls[0]?.url).toBe('http://feed.example/events?from=7')
})
