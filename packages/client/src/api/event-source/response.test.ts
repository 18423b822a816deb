import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isWebKit } from '../../../../../test/support/engine.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'

test.concurrent.each([
  'text/event-stream',
  'TEXT/Event-Stream',
  'text/event-stream; charset=utf-8',
  'text/event-stream;charset=windows-1252',
  'text/event-stream;',
  ' text/event-stream ;x="a,b"',
])('a reply of type %j opens, and is read as UTF-8', async (type) => {
  await using server = await play(
    scenario([
      { type: 'headers', headers: { 'content-type': type } },
      { type: 'text', text: 'data: …\n\n' },
      { type: 'hang' },
    ]),
  )
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('message')
  source.close()
  expect(heard.log).toEqual(['open', '…'])
})

test.concurrent.each(['text/x-bogus', 'x bogus', 'text/event-streamfoo', 'text/plain', null])(
  'a reply of type %j fails the connection',
  async (type) => {
    await using server = await play(
      scenario([
        { type: 'headers', headers: { 'content-type': type } },
        { type: 'text', text: 'data: a\n\n' },
        { type: 'hang' },
      ]),
    )
    const source = new EventSource(server.url)
    const heard = hear(source, 'open', 'message', 'error')
    const error = await heard.nth('error')
    expect(source.readyState).toBe(2)
    expect(error).toMatchObject({ error: { code: 'content-type', willRetry: false }, code: 200 })
    await server.closed()
    expect(heard.log).toEqual(['error'])
  },
)

const refused = [201, 202, 204, 205, 206, 210, 299, 400, 403, 404, 410, 429, 500, 502, 503, 504, 599]

// WebKitGTK reads the body of a 401 to its end, which does not come here, before it gives the reply.
test.concurrent.each(isWebKit ? refused : [...refused, 401])(
  'a reply of status %i fails the connection for good, and its body is let go',
  async (status) => {
    const bodyless = status === 204 || status === 205
    await using server = await play(
      scenario([
        { type: 'status', status },
        ...(bodyless
          ? ([{ type: 'end' }] as const)
          : ([{ type: 'text', text: 'data: a\n\n' }, { type: 'hang' }] as const)),
      ]),
    )
    const source = new EventSource(server.url)
    const heard = hear(source, 'open', 'message', 'error')
    const error = await heard.nth('error')
    expect(source.readyState).toBe(2)
    expect(error).toMatchObject({ code: status, error: { status, willRetry: false } })
    await server.closed()
    expect(heard.log).toEqual(['error'])
    expect(await server.requests(1)).toHaveLength(1)
  },
)

test.concurrent('a refused reply is let go before the error is told', async () => {
  await using server = await play(
    scenario([{ type: 'status', status: 403 }, { type: 'text', text: 'no' }, { type: 'hang' }]),
  )
  let signal: AbortSignal | null = null
  const source = new EventSource(server.url, {
    fetch: (url, init) => {
      signal = init?.signal ?? null
      return fetch(url, init)
    },
  })
  const aborted = await new Promise((resolve) => {
    source.addEventListener('error', () => resolve(signal?.aborted))
  })
  expect(aborted).toBe(true)
})

test.concurrent('a reply without a body, as React Native gives it, is an error that says what to do', async () => {
  let requests = 0
  const { ok, status, headers, url } = new Response(null, {
    headers: { 'content-type': 'text/event-stream' },
  })
  const source = new EventSource('http://a.test/', {
    fetch: async () => {
      requests++
      return { ok, status, headers, url } as Response
    },
  })
  const error = await hear(source, 'error').nth('error')
  expect(source.readyState).toBe(2)
  expect(error).toMatchObject({ error: { code: 'invalid-option', willRetry: false } })
  expect(error).toMatchObject({ message: expect.stringMatching(/React Native.*`fetch`/) })
  expect(requests).toBe(1)
})

test.concurrent('a reply that retry.statuses names is tried again', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'status', status: 503 }, { type: 'end' }] },
      { steps: [{ type: 'text', text: 'data: up\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, { ...skipping().options, retry: { statuses: [503] } })
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('message')
  source.close()
  expect(heard.log).toEqual(['error', 'open', 'up'])
})

test.concurrent('a 401 is tried once more where a function makes the headers, and is final after that', async () => {
  const time = virtualTime()
  const tokens: (string | null)[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    headers: ({ attempt }) => ({ 'x-token': `t${attempt}` }),
    fetch: async (_url, init) => {
      tokens.push(new Headers(init?.headers).get('x-token'))
      return new Response(null, { status: 401 })
    },
  })
  const heard = hear(source, 'open', 'error')
  await time.advance(600_000)
  expect([tokens, heard.log, source.readyState]).toEqual([['t1', 't2'], ['error', 'error'], 2])
  expect(heard.all).toMatchObject([
    { error: { willRetry: true, delay: 500 } },
    { error: { willRetry: false } },
  ])
})

test.concurrent.each([301, 302, 303, 307, 308])(
  'a redirect by %i is followed, and url stays',
  async (status) => {
    await using target = await play(scenario([{ type: 'event', data: 'there' }, { type: 'hang' }]))
    // On the same origin: after a hop to another one a page's requests have none.
    const to = new URL(target.url).pathname
    await using server = await play(scenario([{ type: 'redirect', to, status }]))
    const source = new EventSource(server.url)
    const message = await hear(source, 'message').nth('message')
    source.close()
    expect(source.url).toBe(server.url)
    expect(message).toMatchObject({ data: 'there', origin: new URL(server.url).origin })
  },
)

test.concurrent('a redirect without Location fails the connection', async () => {
  await using server = await play(scenario([{ type: 'status', status: 302 }, { type: 'end' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'error')
  await heard.nth('error')
  expect([source.readyState, heard.log]).toEqual([2, ['error']])
})

test.concurrent('a reset before the headers is tried again', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'reset' }] },
      { steps: [{ type: 'event', data: 'up' }, { type: 'hang' }] },
    ],
  })
  // In a page of another origin a probe comes between: it must not take the reset for a refusal.
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'open', 'message')
  await heard.nth('message')
  source.close()
  expect(heard.log).toEqual(['open', 'up'])
})

test.concurrent('a body that breaks is gone on with, and its unfinished block dropped', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [
          { type: 'text', text: 'retry: 0\nid: 1\ndata: a\n\ndata: cut' },
          { type: 'gate', name: 'read' },
          { type: 'reset' },
        ],
      },
      { steps: [{ type: 'event', data: 'b' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('message')
  await server.release('read')
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['open', 'a', 'error', 'open', 'b'])
  expect((await server.requests(2))[1]?.lastEventId).toBe('1')
})
