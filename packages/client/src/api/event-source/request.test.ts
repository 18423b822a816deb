import { EventSource, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isWebKit } from '../../../../../test/support/engine.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'

const silence = scenario([{ type: 'open' }, { type: 'hang' }])

/** The first request that a source with this init makes. */
async function firstRequest(init?: EventSourceInit, path = '') {
  await using server = await play(silence)
  const source = new EventSource(server.url + path, init)
  const [request] = await server.requests(1)
  source.close()
  await server.closed()
  return request ?? expect.unreachable()
}

/** What would be given to fetch. */
async function firstCall(init: EventSourceInit = {}, url = 'http://127.0.0.1/feed') {
  const call = await new Promise<{ input: unknown; init: RequestInit }>((resolve) => {
    const source = new EventSource(url, {
      ...init,
      fetch: (input, given) => {
        resolve({ input, init: given ?? {} })
        source.close()
        return new Promise(() => {})
      },
    })
  })
  return { ...call, headers: new Headers(call.init.headers) }
}

test.concurrent('the request is a GET that accepts exactly text/event-stream', async () => {
  const { method, headers, body } = await firstRequest()
  expect([method, headers['accept'], body]).toEqual(['GET', 'text/event-stream', ''])
})

test.concurrent('the request is not cached on the way: cache-control is no-cache', async () => {
  const { headers } = await firstRequest()
  // happy-dom sends none, and a page may not add it by hand: it would force a preflight.
  if (!navigator.userAgent.includes('HappyDOM')) expect(headers['cache-control']).toBe('no-cache')
})

test.concurrent('fetch is called with mode cors, cache no-store and credentials by withCredentials', async () => {
  const { init, headers } = await firstCall()
  expect(init).toMatchObject({ method: 'GET', mode: 'cors', cache: 'no-store', credentials: 'same-origin' })
  expect(headers.has('last-event-id')).toBe(false)
  expect(init.body).toBe(undefined)
  expect((await firstCall({ withCredentials: true })).init.credentials).toBe('include')
})

test.concurrent('the first request carries no Last-Event-ID', async () => {
  expect((await firstRequest()).lastEventId).toBe(null)
})

// WebKitGTK encodes the bytes of a header once more: what is no ASCII arrives as two characters for one.
test.concurrent.each(isWebKit ? ['1', 'a b:c'] : ['1', 'é', '…', '水', '🌊', 'a b:c'])(
  'an ID of %j goes out as its UTF-8 bytes',
  async (id) => {
    await using server = await play({
      replies: [
        {
          on: { request: 1 },
          steps: [{ type: 'text', text: `retry: 0\nid: ${id}\ndata: a\n\n` }, { type: 'end' }],
        },
        { steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'hang' }] },
      ],
    })
    const source = new EventSource(server.url, skipping().options)
    const heard = hear(source, 'message')
    await heard.nth('message', 2)
    source.close()
    // The server reads the header's bytes as UTF-8.
    expect((await server.requests(2))[1]?.lastEventId).toBe(id)
  },
)

test.concurrent('an ID that a later empty one resets is not sent, nor sent empty', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: 'retry: 0\nid: 1\ndata: a\n\nid\ndata: b\n\n' }, { type: 'end' }],
      },
      { steps: [{ type: 'text', text: 'data: c\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'message')
  await heard.nth('message', 3)
  source.close()
  expect((await server.requests(2))[1]?.headers).not.toHaveProperty('last-event-id')
})

test.concurrent('an ID with a control character, which no header may hold, is not sent back', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: 'retry: 0\nid: a\u0001\ndata: a\n\n' }, { type: 'end' }],
      },
      { steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const message = await hear(source, 'message').nth('message', 2)
  source.close()
  expect(message).toMatchObject({ data: 'b', lastEventId: 'a\u0001' })
  expect((await server.requests(2))[1]?.headers).not.toHaveProperty('last-event-id')
})

test.concurrent('an ID of over 8000 bytes is not sent back, and observe says so', async () => {
  const id = 'x'.repeat(8001)
  const { options, observations } = skipping()
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: `retry: 0\nid: ${id}\ndata: a\n\n` }, { type: 'end' }],
      },
      { steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, options)
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect((await server.requests(2))[1]?.headers).not.toHaveProperty('last-event-id')
  expect(observations.filter(({ type }) => type === 'id-too-long')).toMatchObject([{ bytes: 8001 }])
})

test.concurrent('user:pass@ in the URL goes as an Authorization header, and stays in url', async () => {
  const url = 'http://us%C3%A9r:p%40ss@127.0.0.1/feed'
  const { input, headers } = await firstCall({}, url)
  expect(input).toBe('http://127.0.0.1/feed')
  expect(headers.get('authorization')).toBe(`Basic ${btoa('us\u00c3\u00a9r:p@ss')}`)
  const source = new EventSource(url, { fetch: () => new Promise(() => {}) })
  expect(source.url).toBe(url)
  source.close()
})

test.concurrent('an Authorization header of the app wins over user:pass@ in the URL', async () => {
  const { headers } = await firstCall({ headers: { authorization: 'Bearer x' } }, 'http://a:b@127.0.0.1/')
  expect(headers.get('authorization')).toBe('Bearer x')
})

test.concurrent('init.headers go with the request, and are asked for anew at each attempt when they are a function', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'text', text: 'retry: 0\ndata: a\n\n' }, { type: 'end' }] },
      { steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'hang' }] },
    ],
  })
  const contexts: unknown[] = []
  const source = new EventSource(server.url, {
    ...skipping().options,
    headers: ({ attempt, previous }) => {
      contexts.push([
        attempt,
        previous && [previous.error.code, previous.error.attempt, previous.error.willRetry],
      ])
      return { 'x-token': `t${attempt}` }
    },
  })
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect((await server.requests(2)).map(({ headers }) => headers['x-token'])).toEqual(['t1', 't2'])
  expect(contexts).toEqual([
    [1, undefined],
    [2, ['truncated', 1, true]],
  ])
})

test.skipIf(isWebKit)('init.lastEventId is sent with the first request', async () => {
  expect((await firstRequest({ lastEventId: '…7' })).lastEventId).toBe('…7')
})

test.concurrent('init.method and init.body make a POST', async () => {
  const { method, body } = await firstRequest({ method: 'post', body: 'question' })
  expect([method, body]).toEqual(['POST', 'question'])
})

test.concurrent('init.method is in capitals, which fetch does by itself for some only: get subscribes, patch is PATCH', async () => {
  expect((await firstCall({ method: 'patch', body: 'x' })).init.method).toBe('PATCH')
  const time = virtualTime()
  const methods: (string | undefined)[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    method: 'get',
    fetch: async (_url, init) => {
      methods.push(init?.method)
      return new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  await time.advance(4000)
  source.close()
  expect(methods).toEqual(['GET', 'GET'])
})
