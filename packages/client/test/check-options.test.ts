import {
  EventSource,
  fetchEventStream,
  type EventSourceInit,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'

const ring: Record<string, unknown> = {}
ring['ring'] = ring
const eventStream = { headers: { 'content-type': 'text/event-stream' } }

test.each<[string, string, StreamOptions<StreamEvent>, RegExp]>([
  ['a url that is none', 'http://', {}, /must be absolute/],
  ['a url with a password', 'https://me:secret@a.test/', {}, /give headers: \{ authorization \}/],
  ['a url with a user alone', 'https://me@a.test/', {}, /give headers: \{ authorization \}/],
  ['a url with a password alone', 'https://:secret@a.test/', {}, /give headers: \{ authorization \}/],
  ['json and body', 'http://a.test/', { json: {}, body: 'x' }, /leave one out/],
  ['a GET with json', 'http://a.test/', { method: 'get', json: {} }, /A GET has no body/],
  ['json that is a ring', 'http://a.test/', { json: ring }, /no JSON form/],
  ['json that is a function', 'http://a.test/', { json: () => 1 }, /no JSON form/],
  ['json that is a BigInt', 'http://a.test/', { json: 1n }, /no JSON form/],
  [
    'a line end in lastEventId',
    'http://a.test/',
    { lastEventId: 'a\r\nx-evil: 1' },
    /`lastEventId` holds a character that no request can carry/,
  ],
  [
    'a line end in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: 'a\n' },
    /is empty, or holds a character/,
  ],
  [
    'a function as idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: (() => 'key') as never },
    /`idempotencyKey` must be of type string/,
  ],
  [
    'an empty idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: '' },
    /is empty, or holds a character/,
  ],
  ['a body without a method', 'http://a.test/', { body: 'x' }, /A GET has no body.*method: "POST"/],
  ['an until that is none', 'http://a.test/', { until: 5 as never }, /`until` names no/],
  ['a schema that is none', 'http://a.test/', { schema: 5 } as never, /`schema` must be/],
  ['a scheme that fetch does not know', 'ftp://a.test/', {}, /knows no ftp: URLs/],
  [
    'a scheme that only ends as one does that it knows',
    'view+http://a.test/',
    {},
    /knows no view\+http: URLs/,
  ],
  [
    'a cursor of an answer without resume',
    'http://a.test/',
    { json: {}, cursor: { lastEventId: '', events: 0 } },
    /`cursor` needs `resume`/,
  ],
  [
    'a cursor that is none',
    'http://a.test/',
    { resume: () => null, cursor: {} as never },
    /must be a `stream.cursor`/,
  ],
  [
    'a cursor whose ID is no text',
    'http://a.test/',
    { resume: () => null, cursor: { lastEventId: 5, events: 0 } as never },
    /must be a `stream.cursor`/,
  ],
  [
    'a cursor without a count',
    'http://a.test/',
    { resume: () => null, cursor: { lastEventId: '5' } as never },
    /must be a `stream.cursor`/,
  ],
  [
    'NaN as a timeout',
    'http://a.test/',
    { timeouts: { idle: Number.NaN } },
    /`timeouts.idle` must be a number from 1/,
  ],
  ['0 as a timeout', 'http://a.test/', { timeouts: { headers: 0 } }, /`timeouts.headers`/],
  ['a text as a timeout', 'http://a.test/', { timeouts: { total: '5s' as never } }, /not 5s/],
  ['a negative delay', 'http://a.test/', { retry: { initialDelay: -1 } }, /`retry.initialDelay`/],
  ['a factor below 1', 'http://a.test/', { retry: { factor: 0.5 } }, /`retry.factor`/],
  ['no attempt at all', 'http://a.test/', { retry: { maxAttempts: 0 } }, /`retry.maxAttempts`/],
  ['a limit of NaN', 'http://a.test/', { limits: { event: Number.NaN } }, /`limits.event`/],
  ['until without a name', 'http://a.test/', { until: { event: [] } }, /names no `data`/],
  [
    'a control character in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: 'a\u0001' },
    /is empty, or holds a character/,
  ],
  [
    'a character beyond Latin-1 in idempotencyKey',
    'http://a.test/',
    { json: {}, idempotencyKey: '水' },
    /is empty, or holds a character/,
  ],
  [
    'a header with a control character, which only Node would refuse, and only when it is sent',
    'http://a.test/',
    { headers: { authorization: 'secret\u0001' } },
    /that no request can carry/,
  ],
  [
    'a header with a line end',
    'http://a.test/',
    { headers: { authorization: 'Bearer secret\n2' } },
    /that no request can carry/,
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

const schema = { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: 1 }) } }

/** As a program without types may give them. */
const misfits: readonly (readonly [option: string, value: unknown, what: RegExp])[] = [
  ['fetch', 'x', /must be of type function/],
  ['observe', 'x', /must be of type function/],
  ['retry', true, /must be of type object/],
  ['retry', { initialDelay: Number.NaN }, /`retry.initialDelay` must be a number/],
  ['timeouts', 5, /must be of type object/],
  ['timeouts', { idle: '5s' }, /`timeouts.idle` must be a number/],
  ['limits', { event: Number.NaN }, /`limits.event` must be a number/],
  ['body', { prompt: 'x' }, /JSON.stringify/],
  ['headers', { 'x-key': 'a\nb' }, /that no request can carry/],
  ['lastEventId', 'a\nb', /`lastEventId` holds a character that no request can carry/],
  ['method', 'TRACE', /none that fetch sends/],
  ['method', 'GE T', /none that fetch sends/],
]
const ofStreams: typeof misfits = [
  ['until', {}, /`until` names no `data`/],
  ['until', { event: 5 }, /`until` names no `data`/],
  ['schema', 'x', /must be a Standard Schema/],
  ['schema', { price: { parse: () => 1 } }, /must be a Standard Schema/],
  ['schema', { price: schema, halt: { parse: () => 1 } }, /must be a Standard Schema/],
  ['schema', {}, /must be a Standard Schema/],
  ['protocol', 'openaiChat', /must be of type object/],
]

test.each([...misfits, ...ofStreams])(
  'fetchEventStream() refuses %s: %j at the call',
  (option, value, what) => {
    const call = () => fetchEventStream('http://a.test/', { method: 'POST', [option]: value })

    expect(call).toThrow(what)
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  },
)

test.each(misfits)('EventSource refuses %s: %j at the call', (option, value, what) => {
  const call = () => new EventSource('http://a.test/', { method: 'POST', [option]: value } as EventSourceInit)

  expect(call).toThrow(what)
  expect(call).toThrow(expect.objectContaining({ code: 'invalid-option' }))
})

test.each(['GETALL', 'BUDGET', 'RECONNECT', 'TRACKED', 'CONNECTION', 'DETRACK'])(
  'a request by %s may have a body',
  async (method) => {
    const fetch = async () => new Response('data: 1\n\n', eventStream)

    expect(await fetchEventStream('http://a.test/', { method, body: 'x', fetch }).done()).toMatchObject({
      type: 'ended',
    })
  },
)

test('EventSource refuses a body without a method', () => {
  expect(() => new EventSource('http://a.test/', { body: 'x' })).toThrow(/A GET has no body/)
})

test.each([
  'signal',
  'cursor',
  'timeouts',
  'limits',
  'headers',
  'until',
  'schema',
  'idempotencyKey',
  'observe',
  'retry',
  'lastEventId',
])('an option %s that is null is not given', async (option) => {
  const requests: RequestInit[] = []
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    requests.push(init)
    return new Response('data: 1\n\n', eventStream)
  }
  const outcome = await fetchEventStream('http://a.test/', { method: 'POST', fetch, [option]: null }).done()

  expect(outcome).toMatchObject({ type: 'ended', events: 1 })
  expect([...new Headers(requests[0]?.headers).keys()]).toEqual(['accept'])
})

test('an idempotencyKey of null allows no second request', async () => {
  let requests = 0
  const fetch = async () => {
    requests += 1
    return new Response('', { status: 503 })
  }
  const options = { json: {}, fetch, idempotencyKey: null } as never
  await fetchEventStream('http://a.test/', options).done()

  expect(requests).toBe(1)
})

test('Infinity is accepted for a timeout, a limit and a count', async () => {
  const off = Number.POSITIVE_INFINITY
  const stream = fetchEventStream('http://a.test/', {
    timeouts: { headers: off, idle: off, firstEvent: off, total: off },
    limits: { event: off },
    retry: { maxAttempts: off, maxElapsed: off },
    fetch: () => new Promise(() => {}),
  })
  stream.close()

  expect((await stream.outcome).type).toBe('aborted')
})

test.each<[string, StreamOptions<StreamEvent>, RegExp]>([
  ['headers', { headers: () => ({ authorization: 'Bearer secret\n2' }) }, /`headers` holds/],
  [
    'resume',
    { resume: () => ({ url: 'http://' }), cursor: { lastEventId: '1', events: 1 } },
    /`resume` gave no valid url/,
  ],
  [
    'resume',
    { resume: (() => 'http://a.test/') as never, cursor: { lastEventId: '1', events: 1 } },
    /`resume` gave no request/,
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

test('a promise that until() or retry.when() returns does not count as true', async () => {
  let requests = 0
  const reply = (status: number) => async () => {
    requests += 1
    return new Response('data: 1\n\n', { ...eventStream, status })
  }
  const yes = (async () => true) as never
  const cut = { json: {}, until: yes, fetch: reply(200) }
  expect(await fetchEventStream('http://a.test/', cut).done()).toMatchObject({ type: 'truncated' })

  const refused = { json: {}, retry: { when: yes }, fetch: reply(500) }
  expect(await fetchEventStream('http://a.test/', refused).done()).toMatchObject({ type: 'server-error' })
  expect(requests).toBe(2)
})

test('an EventSource whose init holds nothing but null behaves as one without', async () => {
  const { runtime, advance } = virtualTime()
  const names = [
    'withCredentials headers method body signal lastEventId resume retry timeouts limits',
    'corsProbe forwardHeaders forwardBody observe unref',
  ]
  const nulls = Object.fromEntries(names.flatMap((line) => line.split(' ')).map((name) => [name, null]))
  const requests: RequestInit[] = []
  const source = new EventSource('http://a.test/', {
    ...nulls,
    runtime,
    fetch: async (_, init = {}) => {
      requests.push(init)
      return new Response('data: 1\n\n', eventStream)
    },
  })
  await advance(4000)
  source.close()

  expect(requests.map(({ method, credentials }) => [method, credentials])).toEqual([
    ['GET', 'same-origin'],
    ['GET', 'same-origin'],
  ])
  expect([...new Headers(requests[1]?.headers).keys()]).not.toContain('last-event-id')
})

test.each([
  ['retry', ['initialDelay', 'jitter', 'maxAttempts', 'statuses', 'when']],
  ['timeouts', ['headers', 'firstEvent', 'idle', 'total']],
  ['limits', ['event', 'id']],
])('null as a member of %s stands for the default', async (group, names) => {
  const nulls = Object.fromEntries(names.map((name) => [name, null]))
  const fetch = async () => new Response('data: 1\n\n', eventStream)
  const options = { method: 'POST', fetch, [group]: nulls } as never

  expect(await fetchEventStream('http://a.test/', options).done()).toMatchObject({ type: 'ended', events: 1 })
})
