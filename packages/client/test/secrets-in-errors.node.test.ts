import { inspect } from 'node:util'
import {
  EventSource,
  fetchEventStream,
  type EventStreamError,
  type StandardSchema,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'

const secrets = ['tok-1', 'key-2222', 'cookie-3333', 'qry-4444', 'set-5555', 'sig-6666']
const request: StreamOptions<StreamEvent> = {
  json: {},
  headers: { authorization: 'Bearer tok-1111', 'x-api-key': 'key-2222', cookie: 'b=other; a=cookie-3333' },
  retry: false,
}

const options = { ...request, protocol: openaiChat }

const key = 'sk-live-1234/5678=9012'
const half = key.slice(0, 12)

const anything: StandardSchema = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
}

/** An error as logs show it. */
function renderings(error: EventStreamError | null): string {
  return [
    String(error),
    error?.message,
    error?.stack,
    inspect(error, { depth: 10, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error?.cause),
  ].join('\n')
}

async function errorOf(steps: readonly Step[]): Promise<EventStreamError | null> {
  await using server = await serve(scenario(steps))
  return (await readAll(fetchEventStream(`${server.url}?token=qry-4444`, options))).error
}

const echo = `you sent Bearer tok-1111, key-2222 and cookie-3333 to http://a.test/?token=qry-4444`
const replies: Record<string, readonly Step[]> = {
  'a status with an echo of the request': [
    { type: 'status', status: 400 },
    { type: 'text', text: echo },
    { type: 'end' },
  ],
  'a status with a cookie': [
    { type: 'status', status: 500 },
    { type: 'headers', headers: { 'set-cookie': 'sid=set-5555' } },
    { type: 'end' },
  ],
  'another content type': [
    { type: 'headers', headers: { 'content-type': 'text/html' } },
    { type: 'text', text: echo },
    { type: 'end' },
  ],
  'a redirect with a signature': [{ type: 'redirect', to: 'http://b.test/?sig=sig-6666' }],
  'a reply that points to a user and a password': [
    { type: 'status', status: 500 },
    { type: 'headers', headers: { location: 'https://me:set-5555@b.test/' } },
    { type: 'end' },
  ],
  'a status with a secret in the escapes of JSON': [
    { type: 'status', status: 400 },
    { type: 'text', text: '{ "error": { "message": "no tok\\u002d1111", "type": "key\\u002D2222" } }' },
    { type: 'end' },
  ],
  'a reset before the reply': [{ type: 'reset' }],
  'a reset in the body': [{ type: 'event', data: 'x' }, { type: 'reset' }],
  'headers that repeat the request': [
    { type: 'status', status: 400 },
    {
      type: 'headers',
      headers: { 'www-authenticate': 'Bearer error="tok-1111"', link: '<http://a.test/?sig=sig-6666>' },
    },
    { type: 'end' },
  ],
  "the server's ID of the request": [
    { type: 'status', status: 500 },
    { type: 'headers', headers: { 'x-request-id': 'for key-2222' } },
    { type: 'end' },
  ],
  'a content type': [
    { type: 'headers', headers: { 'content-type': 'text/key-2222' } },
    { type: 'text', text: 'x' },
    { type: 'end' },
  ],
  'a body that is cut within a secret': [
    { type: 'status', status: 500 },
    { type: 'text', text: `${'x'.repeat(4090)}tok-1111` },
    { type: 'end' },
  ],
  'bare JSON with an error': [
    { type: 'text', text: '{"error":{"message":"no key-2222"}}\n' },
    { type: 'end' },
  ],
  'an event with an error': [
    { type: 'event', data: '{"error":{"message":"no key-2222","type":"tok-1111"}}' },
    { type: 'end' },
  ],
  'an event that is no JSON': [{ type: 'event', data: 'you sent tok-1111' }, { type: 'end' }],
  'lines that are no event': [{ type: 'text', text: '{"sent":"tok-1111"\n' }, { type: 'end' }],
}

test.each(Object.keys(replies))('%s tells no secret in any rendering', async (name) => {
  const error = await errorOf(replies[name] ?? [])

  expect(error).not.toBeNull()
  for (const secret of secrets) expect(renderings(error)).not.toContain(secret)
})

test.each([
  [
    'a runtime that puts the URL into its message',
    (url: string) => new TypeError(`error sending request for url (${url})`),
  ],
  [
    'a runtime that puts the URL beside it',
    (url: string) => Object.assign(new TypeError('failed'), { path: url }),
  ],
  [
    'a cause that repeats a header',
    () => new TypeError('failed', { cause: new Error('bad value: Bearer tok-1111') }),
  ],
  ['several causes', (url: string) => new AggregateError([new Error(url), new Error('key-2222')], 'failed')],
])('%s tells no secret', async (_, make) => {
  const stream = fetchEventStream('http://a.test/v1?token=qry-4444', {
    ...request,
    fetch: (input) => Promise.reject(make(String(input))),
  })
  const { error } = await readAll(stream)

  expect(error).toMatchObject({ code: 'network' })
  for (const secret of secrets) expect(renderings(error)).not.toContain(secret)
})

test.each<[string, readonly Step[]]>([
  [
    'the body of a refusal, by its connection',
    [{ type: 'status', status: 500 }, { type: 'text', text: `no ${half}` }, { type: 'reset' }],
  ],
  [
    'an event with an error, by us',
    [{ type: 'event', data: `{"error":{"message":"no"},"x":"${'x'.repeat(4050)}${key}"}` }],
  ],
  ['an event that is no JSON, by us', [{ type: 'event', data: `{${'x'.repeat(185)}${key}` }]],
  ['an event that is no JSON, by V8', [{ type: 'event', data: key }]],
  [
    'the name of an event that is no JSON, by us',
    [{ type: 'event', event: `${'x'.repeat(185)}${key}`, data: '{' }],
  ],
  ['a line that is no event, by us', [{ type: 'text', text: `{${'x'.repeat(85)}${key}\n` }]],
])('a secret that is cut in %s, is shown to its seventh character at most', async (_, steps) => {
  await using server = await serve(scenario(steps))
  const { error } = await readAll(
    fetchEventStream(server.url, { ...options, headers: { authorization: `Bearer ${key}` } }),
  )

  expect(error).not.toBeNull()
  expect(renderings(error)).not.toContain(key.slice(0, 8))
})

test('a server that a redirect led to tells no secret of the request before it', async () => {
  await using server = await serve({
    '/': scenario([{ type: 'redirect', to: `{elsewhere}/b/${encodeURIComponent(key)}` }]),
    '/b': scenario([
      { type: 'status', status: 500 },
      { type: 'text', text: `no ${key}` },
    ]),
  })
  const seen: unknown[] = []
  const { error } = await readAll(
    fetchEventStream(server.url, {
      headers: { authorization: `Bearer ${key}` },
      retry: false,
      observe: (entry) => void seen.push(entry),
    }),
  )

  expect(error).toMatchObject({ code: 'http-status', status: 500, body: 'no …' })
  for (const shown of [renderings(error), inspect(seen, { depth: 10 })]) {
    expect(shown).not.toContain(key)
    expect(shown).not.toContain(encodeURIComponent(key))
  }
})

test('what onInvalid passes on has an error that tells no secret', async () => {
  await using server = await serve(
    scenario([{ type: 'event', event: 'tok-1111', data: 'you sent tok-1111' }]),
  )
  const errors: EventStreamError[] = []
  const stream = fetchEventStream(server.url, {
    headers: { 'x-api-key': 'tok-1111' },
    retry: false,
    onInvalid: 'pass',
    schema: anything,
  })
  for await (const event of stream) if ('error' in event) errors.push(event.error)

  expect(errors).toMatchObject([{ code: 'parse' }])
  for (const error of errors) expect(renderings(error)).not.toContain('tok-1')
})

test('what onInvalid lets go tells no secret to who observes it', async () => {
  const seen: unknown[] = []
  await using server = await serve(
    scenario([
      { type: 'event', data: 'you sent tok-1111' },
      { type: 'event', data: '[DONE]' },
    ]),
  )
  await fetchEventStream(server.url, {
    ...options,
    onInvalid: 'skip',
    observe: (entry) => void (entry.type === 'skipped' && seen.push(entry.error)),
  }).done()

  expect(seen).toHaveLength(1)
  expect(inspect(seen, { depth: 10 })).not.toContain('tok-1')
})

test.each([
  '?mode=stream',
  '?format=event-stream',
  '?accept=text%2Fevent-stream',
  '?mime=text/event-stream;',
])('a query like %s, which says what the type of the reply says, is answered by events', async (query) => {
  await using server = await serve(scenario([{ type: 'event', data: 'one' }, { type: 'end' }]))
  const stream = fetchEventStream(server.url + query, { json: {}, retry: false })
  expect((await readAll(stream)).data).toEqual(['one'])
})

test('the ID that an app gives its request, and that the server says again, is that of the outcome', async () => {
  const id = '7f3c9a52-1b2d-4c3e'
  await using server = await serve(
    scenario([
      { type: 'headers', headers: { 'x-request-id': id } },
      { type: 'event', data: 'one' },
      { type: 'end' },
    ]),
  )
  const stream = fetchEventStream(server.url, { json: {}, retry: false, headers: { 'X-Request-Id': id } })
  expect((await stream.done()).requestId).toBe(id)
})

test('the error of a URL that is none shows neither its user nor its query', () => {
  expect(() => new EventSource('http://me:tok-1111@bad host/?token=qry-4444')).toThrow(
    expect.objectContaining({ name: 'SyntaxError', message: expect.not.stringMatching(/tok-1|qry-4/) }),
  )
})

test('an error that tells nothing is the very cause, with the reply that hangs on it', async () => {
  const response = new Response('busy', { status: 503, headers: { 'content-type': 'text/plain' } })
  const thrown = Object.assign(new TypeError('refresh failed'), { response })
  const stream = fetchEventStream('http://a.test/', { ...request, fetch: () => Promise.reject(thrown) })

  expect((await readAll(stream)).error?.cause).toBe(thrown)
})

test('an observer is told the URL of a reply without its user and its query', async () => {
  const urls: string[] = []
  const observe: StreamOptions<StreamEvent>['observe'] = (entry) =>
    void (entry.type === 'response' && urls.push(entry.url))
  const fetch = async () =>
    Object.defineProperty(new Response(null, { status: 204 }), 'url', {
      value: 'http://me:tok-1111@a.test/x?token=qry-4444',
    })
  await fetchEventStream('http://a.test/', { ...request, observe, fetch }).done()

  expect(urls).toEqual(['http://a.test/x?…'])
})
