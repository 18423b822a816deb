import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { expect, test } from 'vitest'

const ring: Record<string, unknown> = {}
ring['ring'] = ring
const eventStream = { headers: { 'content-type': 'text/event-stream' } }

function lockedStream(): ReadableStream {
  const stream = new ReadableStream()
  stream.getReader()
  return stream
}

test.each<[string, string, StreamOptions<StreamEvent>, RegExp]>([
  ['a url that is none', 'http://', {}, /must be absolute/],
  ['a url with a password', 'https://me:secret@a.test/', {}, /send them by headers/],
  ['json and body', 'http://a.test/', { json: {}, body: 'x' }, /leave out the other/],
  ['a GET with json', 'http://a.test/', { method: 'get', json: {} }, /GET request has no body/],
  ['json that is a ring', 'http://a.test/', { json: ring }, /no JSON form/],
  ['json that is a BigInt', 'http://a.test/', { json: 1n }, /no JSON form/],
  [
    'a line end in lastEventId',
    'http://a.test/',
    { lastEventId: 'a\r\nx-evil: 1' },
    /`lastEventId` holds a line end/,
  ],
  [
    'a line end in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: 'a\n' },
    /`idempotencyKey` holds/,
  ],
  ['a cursor without resume', 'http://a.test/', { cursor: { lastEventId: '', events: 0 } }, /needs `resume`/],
  [
    'a cursor that is none',
    'http://a.test/',
    { resume: () => null, cursor: {} as never },
    /what `stream.cursor` was/,
  ],
  [
    'NaN as a timeout',
    'http://a.test/',
    { timeouts: { idle: Number.NaN } },
    /`timeouts.idle` must be a number from 1/,
  ],
  ['0 as a timeout', 'http://a.test/', { timeouts: { headers: 0 } }, /`timeouts.headers`/],
  ['a text as a timeout', 'http://a.test/', { timeouts: { total: '5s' as never } }, /it is 5s/],
  ['a negative delay', 'http://a.test/', { retry: { initialDelay: -1 } }, /`retry.initialDelay`/],
  ['a factor below 1', 'http://a.test/', { retry: { factor: 0.5 } }, /`retry.factor`/],
  ['no attempt at all', 'http://a.test/', { retry: { maxAttempts: 0 } }, /`retry.maxAttempts`/],
  ['a limit of NaN', 'http://a.test/', { limits: { event: Number.NaN } }, /`limits.event`/],
  ['until without a name', 'http://a.test/', { until: { event: [] } }, /names no event/],
  [
    'a control character in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: 'a\u0001' },
    /`idempotencyKey` holds/,
  ],
  [
    'a character beyond Latin-1 in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: '水' },
    /`idempotencyKey` holds/,
  ],
  [
    'a header with a control character, which only Node would refuse, and only when it is sent',
    'http://a.test/',
    { headers: { authorization: 'secret\u0001' } },
    /no request can carry/,
  ],
  [
    'a header with a line end',
    'http://a.test/',
    { headers: { authorization: 'Bearer secret\n2' } },
    /no request can carry/,
  ],
])('fetchEventStream() refuses %s, and says what to do', (_, url, options, message) => {
  let thrown: unknown
  try {
    fetchEventStream(url, options)
  } catch (error) {
    thrown = error
  }

  expect(thrown).toMatchObject({ name: 'EventStreamError', code: 'invalid-option' })
  expect(String(thrown)).toMatch(message)
  expect(String(thrown)).not.toContain('secret')
})

test('Infinity turns a timeout, a limit and a count off', () => {
  const off = Number.POSITIVE_INFINITY
  const stream = fetchEventStream('http://a.test/', {
    timeouts: { headers: off, idle: off, firstEvent: off, total: off },
    limits: { event: off },
    retry: { maxAttempts: off, maxElapsed: off },
    fetch: () => new Promise(() => {}),
  })
  stream.close()
})

test.each(['TRACE', 'GE T'])('the method %s, which fetch does not send, ends the stream', async (method) => {
  const fetch = () => Promise.reject(new TypeError('sent'))
  const outcome = await fetchEventStream('http://a.test/', { method, fetch }).done()

  expect(outcome).toMatchObject({ type: 'invalid', attempts: 1, error: { code: 'invalid-option' } })
})

test.each<[string, unknown]>([
  ['text, not a stream', 'data: a'],
  ['an object, not a stream', {}],
  ['a stream that somebody reads', lockedStream()],
])('a given fetch whose reply has %s as its body is called once', async (_, body) => {
  const reply = Object.defineProperty(new Response(null, eventStream), 'body', { value: body })
  const outcome = await fetchEventStream('http://a.test/', { fetch: async () => reply }).done()

  expect(outcome).toMatchObject({ type: 'invalid', attempts: 1, error: { code: 'invalid-option' } })
  expect(outcome.error?.message).toMatch(/cannot be read/)
})

test.each<[string, StreamOptions<StreamEvent>, RegExp]>([
  ['headers', { headers: () => ({ authorization: 'Bearer secret\n2' }) }, /`headers` holds/],
  [
    'resume',
    { resume: () => ({ url: 'http://' }), cursor: { lastEventId: '1', events: 1 } },
    /`resume` gave a url/,
  ],
])('a function for %s that gives what cannot be sent ends the stream', async (_, options, message) => {
  const outcome = await fetchEventStream('http://a.test/', {
    ...options,
    fetch: () => Promise.reject(new TypeError('sent')),
  }).done()

  expect(outcome).toMatchObject({ type: 'invalid', attempts: 1, error: { code: 'invalid-option' } })
  expect(outcome.error?.message).toMatch(message)
  expect(String(outcome.error?.stack)).not.toContain('secret')
})
