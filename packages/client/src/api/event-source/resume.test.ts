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

test('a resume function is asked once there is an ID, and told where the source stands', async () => {
  const cursors: unknown[] = []
  const { time, calls, source } = answering(['data: a\n\n', 'id: 7\ndata: b\n\ndata: c\n\n', ''], {
    resume: ({ cursor }) => {
      cursors.push(cursor)
      return { url: '/rest' }
    },
  })
  await time.advance(10_000)
  source.close()
  expect(calls.slice(0, 3).map(({ url }) => url)).toEqual([
    'http://feed.example/events',
    'http://feed.example/events',
    'http://feed.example/rest',
  ])
  expect(cursors[0]).toEqual({ lastEventId: '7', events: 3 })
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

test.each([
  ['one that no header can carry', 'a\u0001'],
  ['over 8000 bytes', 'x'.repeat(8001)],
  ['reset by an empty one', ''],
])('a POST whose last ID is %s is not repeated: it would begin anew', async (_, id) => {
  const { time, calls, source, heard } = answering([`id: 1\ndata: a\n\nid: ${id}\ndata: b\n\n`], {
    method: 'POST',
    body: 'question',
  })
  await time.advance(60_000)
  expect([calls.length, source.readyState]).toEqual([1, 2])
  expect(heard.all.at(-1)).toMatchObject({ error: { code: 'not-repeated', willRetry: false } })
})

test('a POST with an ID of just 8000 bytes goes on with it', async () => {
  const id = 'é'.repeat(4000)
  const { time, calls, source } = answering([`id: ${id}\ndata: a\n\n`, 'data: b\n\n'], {
    method: 'POST',
    body: 'question',
  })
  await time.advance(5000)
  source.close()
  expect(calls[1]?.id).toHaveLength(8000)
})

test('lastEventIdQuery() replaces a parameter of its name, and leaves the others as they stand', async () => {
  const calls: string[] = []
  const time = virtualTime()
  const source = new EventSource('http://feed.example/?from=1&sig=a%20b~(c)&flag&%66rom=2&x=é#top', {
    runtime: time.runtime,
    resume: lastEventIdQuery('from'),
    fetch: async (url) => {
      calls.push(String(url))
      return new Response('id: 5 &\ndata: a\n\n', { headers })
    },
  })
  await time.advance(5000)
  source.close()
  expect(calls.slice(0, 2)).toEqual([
    'http://feed.example/?from=1&sig=a%20b~(c)&flag&%66rom=2&x=%C3%A9#top',
    'http://feed.example/?sig=a%20b~(c)&flag&x=%C3%A9&from=5+%26#top',
  ])
})

test('lastEventIdQuery() leaves a question mark that begins a parameter in its place', async () => {
  const urls: string[] = []
  const time = virtualTime()
  const source = new EventSource('http://feed.example/??a=1&b', {
    runtime: time.runtime,
    resume: lastEventIdQuery('a'),
    lastEventId: '5',
    fetch: async (url) => {
      urls.push(String(url))
      return new Response('', { headers })
    },
  })
  await time.advance(10)
  source.close()
  expect(urls).toEqual(['http://feed.example/??a=1&b&a=5'])
})

test('lastEventIdQuery() sends no ID of over 8000 bytes, as no header does', async () => {
  const { time, calls, source } = answering([`id: ${'x'.repeat(8001)}\ndata: a\n\n`, 'data: b\n\n'], {
    resume: lastEventIdQuery('from'),
  })
  await time.advance(5000)
  source.close()
  expect(calls[1]?.url).toBe('http://feed.example/events')
})

test('a POST that goes on by lastEventIdQuery() becomes a GET, and a 204 ends it', async () => {
  const calls: (string | undefined)[] = []
  const time = virtualTime()
  const source = new EventSource('http://feed.example/', {
    runtime: time.runtime,
    method: 'POST',
    body: 'question',
    resume: lastEventIdQuery('from'),
    fetch: async (_url, init) => {
      calls.push(init?.method)
      return calls.length === 1
        ? new Response('id: 1\ndata: a\n\n', { headers })
        : new Response(null, { status: 204 })
    },
  })
  const heard = hear(source, 'open', 'message', 'error')
  await time.advance(60_000)
  expect([calls, source.readyState, heard.log]).toEqual([['POST', 'GET'], 2, ['open', 'a', 'error', 'error']])
})

test('a signal that aborts ends a POST for good, whatever reconnect() and reset() are called after it', async () => {
  const controller = new AbortController()
  const { time, calls, source, heard } = answering(['id: 1\ndata: a\n\n'], {
    method: 'POST',
    body: 'question',
    signal: controller.signal,
  })
  await time.advance(10)
  source.reconnect()
  await time.advance(10)
  controller.abort()
  source.reconnect()
  source.reset()
  await time.advance(60_000)
  expect(calls.map(({ method, id }) => [method, id])).toEqual([
    ['POST', null],
    ['POST', '1'],
  ])
  expect([source.readyState, time.due, heard.log]).toEqual([
    2,
    [],
    ['open', 'a', 'error', 'open', 'a', 'error'],
  ])
})

test('reconnect() of a POST ends it where the server has sent no ID', async () => {
  const body = () =>
    new ReadableStream({ start: (it) => it.enqueue(new TextEncoder().encode('data: a\n\n')) })
  let calls = 0
  const time = virtualTime()
  const source = new EventSource('http://feed.example/', {
    runtime: time.runtime,
    method: 'POST',
    fetch: async () => {
      calls++
      return new Response(body(), { headers })
    },
  })
  const heard = hear(source, 'open', 'message', 'error')
  await time.advance(10)
  source.reconnect()
  await time.advance(60_000)
  expect([calls, source.readyState, heard.log]).toEqual([1, 2, ['open', 'a', 'error']])
  expect(heard.all.at(-1)).toMatchObject({ error: { code: 'not-repeated' } })
})
