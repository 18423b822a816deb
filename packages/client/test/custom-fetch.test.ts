import { EventSource, fetchEventStream, type ConnectionOptions } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { hear } from '../../../test/support/heard.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { deferred } from '../src/api/deferred.ts'

/** As npm's eventsource has it done, and so the libraries that were written for it. */
const spreading: NonNullable<ConnectionOptions['fetch']> = (url, init) =>
  fetch(url, { ...init, headers: { ...init.headers, 'X-Desk': '7' } })

const twice = scenario(
  [{ type: 'event', id: '1', data: 'before', retry: 0 }, { type: 'end' }],
  [{ type: 'event', id: '2', data: 'after' }, { type: 'hang' }],
)
const whatWasAsked = [
  { accept: 'text/event-stream', 'x-desk': '7' },
  { accept: 'text/event-stream', 'x-desk': '7', 'last-event-id': '1' },
]

test.concurrent('a fetch that spreads the headers keeps those of the class, the last event ID among them', async () => {
  await using server = await play(twice)
  const source = new EventSource(server.url, { fetch: spreading })
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect((await server.requests(2)).map(({ headers }) => headers)).toMatchObject(whatWasAsked)
})

test.concurrent('a fetch that spreads the headers keeps those of a stream, and the content type of its JSON', async () => {
  await using server = await play(twice)
  for await (const { data } of fetchEventStream(server.url, { fetch: spreading })) if (data === 'after') break
  expect((await server.requests(2)).map(({ headers }) => headers)).toMatchObject(whatWasAsked)

  await using once = await play(scenario([{ type: 'event', data: 'whole' }, { type: 'end' }]))
  await fetchEventStream(once.url, { fetch: spreading, json: {} }).done()
  expect((await once.requests(1))[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-desk': '7',
  })
})

test('a given fetch that gives no Response is called once', async () => {
  const fetch = (async () => undefined) as never
  const outcome = await fetchEventStream('http://a.test/', { fetch }).done()

  expect(outcome).toMatchObject({ type: 'invalid', attempts: 1, error: { code: 'invalid-option' } })
  expect(outcome.error?.message).toBe('`fetch` gave no Response')
})

test('a given fetch that gives Response.error(), as mocks do, has failed: a subscription tries again', async () => {
  const replies = [Response.error(), new Response(null, { status: 204 })]
  const fetch = async () => replies.shift() ?? Response.error()
  const failures: string[] = []
  const source = new EventSource('http://a.test/', { fetch, ...skipping().options })
  await new Promise<void>((resolve) => {
    source.addEventListener('error', ({ error }) => {
      failures.push(error.code)
      if (!error.willRetry) resolve()
    })
  })

  expect(failures).toEqual(['network', 'no-content'])
  expect(await fetchEventStream('http://a.test/', { json: {}, fetch }).done()).toMatchObject({
    type: 'network',
  })
})

function lockedStream(): ReadableStream {
  const stream = new ReadableStream()
  stream.getReader()
  return stream
}

test.each<[string, unknown]>([
  ['text, not a stream', 'data: a'],
  ['an object, not a stream', {}],
  ['a stream that somebody reads', lockedStream()],
])('a given fetch whose reply has %s as its body is called once', async (_, body) => {
  const reply = Object.defineProperty(
    new Response(null, { headers: { 'content-type': 'text/event-stream' } }),
    'body',
    { value: body },
  )
  const outcome = await fetchEventStream('http://a.test/', { fetch: async () => reply }).done()

  expect(outcome).toMatchObject({ type: 'invalid', attempts: 1, error: { code: 'invalid-option' } })
  expect(outcome.error?.message).toMatch(/cannot be read/)
})

test('a stream that is closed while its headers are being made calls no fetch, even one that minds no signal', async () => {
  const calls: unknown[] = []
  const headers = deferred<Record<string, string>>()
  const stream = fetchEventStream('http://a.test/', {
    headers: () => headers.promise,
    fetch: async (url) => {
      calls.push(url)
      return new Response('')
    },
  })
  await Promise.resolve()
  stream.close()
  headers.resolve({})

  expect(await stream.done()).toMatchObject({ type: 'aborted', by: 'close' })
  await headers.promise
  await new Promise((resolve) => setTimeout(resolve))
  expect(calls).toEqual([])
})

test('a given fetch is told to keep nothing in a cache, and what of its init the app gave', async () => {
  const inits: RequestInit[] = []
  const fetch: typeof globalThis.fetch = async (_, init = {}) => {
    inits.push(init)
    return new Response(null, { status: 204 })
  }
  const url = 'http://a.example/'
  await fetchEventStream(url, { fetch, credentials: 'include', mode: 'same-origin' }).done()
  await fetchEventStream(url, { fetch, cache: 'reload', referrerPolicy: 'no-referrer' }).done()

  expect(inits).toMatchObject([
    { cache: 'no-store', credentials: 'include', mode: 'same-origin' },
    { cache: 'reload', referrerPolicy: 'no-referrer' },
  ])
})

test('an error that a given fetch marks as fatal is the last of a subscription', async () => {
  let calls = 0
  const fetch = async () => {
    calls++
    throw Object.assign(new TypeError('signed out'), { fatal: true })
  }

  expect(await fetchEventStream('http://a.test/', { fetch }).done()).toMatchObject({ type: 'network' })
  expect(calls).toBe(1)
})

test('a given fetch that gives an object without a status gave no Response', async () => {
  const fetch = async () => ({ body: null }) as Response
  const outcome = await fetchEventStream('http://a.test/', { fetch }).done()

  expect(outcome).toMatchObject({ type: 'invalid', error: { message: '`fetch` gave no Response' } })
})
