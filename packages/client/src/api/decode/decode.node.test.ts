import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fetchGiving } from '../../../test/support/fetch-giving.ts'
import { fetchEventStream, type EventStreamError, type Observation, type Outcome } from '@millrace/client'
import { gemini, openaiChat } from '@millrace/client/protocols'

const url = 'http://stream.test/'
const once = { json: {}, retry: false } as const

/** What was handed over, what was thrown, and the outcome. */
async function readAll<Event>(
  stream: AsyncIterable<Event> & { outcome: Promise<Outcome> },
): Promise<{ events: Event[]; error: EventStreamError | null; outcome: Outcome }> {
  const events: Event[] = []
  try {
    for await (const event of stream) events.push(event)
  } catch {
    // The same error is in the outcome.
  }
  const outcome = await stream.outcome
  return { events, error: outcome.error ?? null, outcome }
}

function refuse(): never {
  throw new TypeError('no')
}

const price = { event: 'price', data: '{"cents":120}', id: '1' }
const wrong = { event: 'price', data: '{"cents":"many"}', id: '2' }

describe.each([
  ['zod', z.object({ cents: z.number() })],
  ['valibot', v.object({ cents: v.number() })],
  ['arktype', type({ cents: 'number' })],
  ['zod, asynchronous', z.object({ cents: z.number() }).refine(async () => true)],
  [
    'valibot, asynchronous',
    v.pipeAsync(
      v.object({ cents: v.number() }),
      v.checkAsync(async () => true),
    ),
  ],
])('a schema of %s', (_, schema) => {
  test('gives typed data, and the text beside it', async () => {
    const { events } = await readAll(fetchEventStream(url, { ...once, fetch: fetchGiving(price), schema }))
    expect(events).toEqual([{ type: 'price', data: { cents: 120 }, raw: '{"cents":120}', lastEventId: '1' }])
  })

  test('ends the stream with an error that names the event and the member', async () => {
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(price, wrong, price), schema })
    const { events, error, outcome } = await readAll(stream)

    expect(events).toHaveLength(1)
    expect(outcome).toMatchObject({ type: 'invalid', lastEventId: '1' })
    expect(error).toMatchObject({
      code: 'schema',
      event: { name: 'price', id: '2' },
      issues: [{ path: 'cents', message: expect.any(String) }],
      body: '{"cents":"many"}',
      message: 'The data of the event "price" does not fit its schema at cents',
    })
  })

  test("with onInvalid: 'skip' goes on, counts the event and tells it to observe", async () => {
    const seen: Observation[] = []
    const observe = (observation: Observation) => void seen.push(observation)
    const fetch = fetchGiving(price, wrong, { ...price, id: '3' })
    const stream = fetchEventStream(url, { ...once, fetch, schema, observe, onInvalid: 'skip' })
    const { events, outcome } = await readAll(stream)

    expect(events.map(({ lastEventId }) => lastEventId)).toEqual(['1', '3'])
    expect(outcome).toMatchObject({ type: 'ended', events: 2, skipped: 1 })
    expect(seen.find((observation) => observation.type === 'skipped')).toMatchObject({
      name: 'price',
      lastEventId: '2',
      error: { code: 'schema', attempt: 1 },
    })
  })

  test("with onInvalid: 'pass' hands over what was refused, with the error", async () => {
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(wrong), schema, onInvalid: 'pass' })
    const { events } = await readAll(stream)
    expect(events).toMatchObject([
      { type: 'invalid', name: 'price', data: { cents: 'many' }, error: { code: 'schema' } },
    ])
  })
})

describe('a schema for each event name', () => {
  const schema = { price: z.object({ cents: z.number() }), constructor: z.string() }
  const others = [
    { event: 'news', data: 'not JSON' },
    { event: 'toString', data: '{}' },
  ]

  test('skips other names and counts them', async () => {
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(...others, price), schema })
    const { events, outcome } = await readAll(stream)
    expect(events).toMatchObject([{ type: 'price', data: { cents: 120 } }])
    expect(outcome).toMatchObject({ type: 'ended', events: 1, skipped: 2, lastEventId: '1' })
  })

  test("hands other names over as `other` with others: 'pass', their data as text", async () => {
    const fetch = fetchGiving(...others, { event: 'constructor', data: '"c"' })
    const { events } = await readAll(fetchEventStream(url, { ...once, fetch, schema, others: 'pass' }))
    expect(events).toEqual([
      { type: 'other', name: 'news', data: 'not JSON', raw: 'not JSON', lastEventId: '' },
      { type: 'other', name: 'toString', data: '{}', raw: '{}', lastEventId: '' },
      { type: 'constructor', data: 'c', raw: '"c"', lastEventId: '' },
    ])
  })

  test('is complete with an event that it skips, when `until` names that', async () => {
    const fetch = fetchGiving(price, { event: 'end', data: '' })
    const stream = fetchEventStream(url, { ...once, fetch, schema, until: { event: 'end' } })
    expect((await readAll(stream)).outcome).toMatchObject({ type: 'complete', events: 1, skipped: 1 })
  })

  test('does not hide an error of the server in an event that it skips', async () => {
    const fetch = fetchGiving({ event: 'oops', data: '{"why":"tired"}' })
    const errorOf = ({ type, data }: { type: string; data: unknown }) =>
      type === 'oops' ? { message: JSON.stringify(data) } : null
    const stream = fetchEventStream(url, { ...once, fetch, schema, errorOf })
    expect((await readAll(stream)).error).toMatchObject({
      code: 'server-error',
      message: 'The server sent an error: {"why":"tired"}',
    })
  })
})

describe('parse', () => {
  test('takes the place of JSON, and of the parse of a protocol', async () => {
    const stream = fetchEventStream(url, {
      ...once,
      fetch: fetchGiving({ data: '1;2' }, { data: '[DONE]' }),
      protocol: openaiChat,
      parse: (text) => text.split(';'),
    })
    const { events, outcome } = await readAll(stream)
    expect(events).toMatchObject([{ data: ['1', '2'] }])
    expect(outcome.type).toBe('complete')
  })

  test('may take its time; what it gives goes into the schema', async () => {
    const parse = async (text: string) => text.length
    const stream = fetchEventStream(url, {
      ...once,
      fetch: fetchGiving({ data: 'four' }),
      parse,
      schema: z.number(),
    })
    expect((await readAll(stream)).events).toMatchObject([{ data: 4 }])
  })

  test('gives undefined for an event without data: there is no JSON to parse', async () => {
    const fetch = fetchGiving({ event: 'beat', data: '' }, price)
    const schema = { beat: z.undefined(), price: z.object({ cents: z.number() }) }
    const { events } = await readAll(fetchEventStream(url, { ...once, fetch, schema }))
    expect(events.map(({ data }) => data)).toEqual([undefined, { cents: 120 }])
  })

  test('fails with the name, the id and a bounded excerpt of what is not JSON', async () => {
    const data = `{"half": "${'x'.repeat(100_000)}`
    const fetch = fetchGiving({ event: 'chunk', data, id: '9' })
    const { error } = await readAll(fetchEventStream(url, { ...once, fetch, protocol: openaiChat }))

    expect(error).toMatchObject({
      code: 'parse',
      event: { name: 'chunk', id: '9' },
      message: 'The data of the event "chunk" could not be parsed',
      cause: expect.any(SyntaxError),
    })
    expect(data.startsWith(error?.body.slice(0, -1) ?? 'nothing')).toBe(true)
  })
})

describe('the error of a refused event', () => {
  const secret = `sk-${'s'.repeat(400)}`

  const refusals = {
    parse: (fetch: typeof globalThis.fetch) =>
      fetchEventStream(url, { ...once, fetch, parse: (text): unknown => JSON.parse(`${text} `.repeat(2)) }),
    zod: (fetch: typeof globalThis.fetch) =>
      fetchEventStream(url, { ...once, fetch, schema: z.object({ key: z.enum(['a']) }) }),
    arktype: (fetch: typeof globalThis.fetch) =>
      fetchEventStream(url, { ...once, fetch, schema: type({ key: "'a'" }) }),
    'a schema that throws': (fetch: typeof globalThis.fetch) =>
      fetchEventStream(url, { ...once, fetch, schema: z.any().transform(refuse) }),
  }

  test.each(Object.entries(refusals))('never holds the whole payload: %s', async (_, read) => {
    const data = JSON.stringify({ key: secret.repeat(50) })
    const { error } = await readAll(read(fetchGiving({ data })))
    const rendered = JSON.stringify({ ...error, message: error?.message, cause: String(error?.cause) })

    expect(error?.code).toMatch(/parse|schema/)
    expect(rendered.length).toBeLessThan(2000)
  })

  test('bounds what a schema says, however much it says', async () => {
    const schema = z.array(z.number())
    const data = JSON.stringify(Array.from({ length: 1000 }, () => 'x'))
    const { error } = await readAll(fetchEventStream(url, { ...once, fetch: fetchGiving({ data }), schema }))
    expect(error?.issues).toHaveLength(20)
    expect(error?.issues[3]?.path).toBe('3')
  })
})

test('a function of the app that throws ends the stream with what it threw', async () => {
  const cause = new RangeError('bug')
  const until = () => {
    throw cause
  }
  const { error, events } = await readAll(
    fetchEventStream(url, { ...once, fetch: fetchGiving(price), until }),
  )
  expect(events).toEqual([])
  expect(error).toMatchObject({ code: 'parse', cause })

  const schema = z.unknown().refine(async () => true)
  const late = await readAll(fetchEventStream(url, { ...once, fetch: fetchGiving(price), schema, until }))
  expect(late.events).toEqual([])
  expect(late.error).toMatchObject({ code: 'parse', cause })
})

test('data that is no object is an error in a protocol, not a crash', async () => {
  const stream = fetchEventStream(url, { ...once, fetch: fetchGiving({ data: 'null' }), protocol: gemini })
  expect((await readAll(stream)).error).toMatchObject({ code: 'parse', event: { name: 'message' } })
})

test('the cursor stays before an event that is refused, or not decided yet', async () => {
  const schema = z.object({ cents: z.number() })
  const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(price, wrong), schema })
  await readAll(stream)
  expect(stream.cursor).toEqual({ lastEventId: '1', events: 1 })
})

test('close() while a schema takes its time ends the iteration without the event', async () => {
  let validating = () => {}
  const begun = new Promise<void>((resolve) => {
    validating = resolve
  })
  const schema = z.unknown().refine(() => {
    validating()
    return new Promise<boolean>(() => {})
  })
  const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(price), schema })
  const reading = readAll(stream)
  await begun
  stream.close()
  expect(await reading).toMatchObject({ events: [], outcome: { type: 'aborted', by: 'close', events: 0 } })
})

test.each(['null', '{"then":1}'])(
  'data that looks like a promise to careless code is data: %s',
  async (data) => {
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving({ data }), schema: z.unknown() })

    expect((await readAll(stream)).events).toMatchObject([{ data: JSON.parse(data), raw: data }])
  },
)

test('an issue of a validator tells the whole path, or none where it has none', async () => {
  const schema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => ({
        issues: [{ message: 'odd', path: ['a', { key: 0 }, 'b'] }, { message: 'odd, all of it' }],
      }),
    },
  } as const
  const { error } = await readAll(fetchEventStream(url, { ...once, fetch: fetchGiving(price), schema }))

  expect(error?.issues).toEqual([
    { path: 'a.0.b', message: 'odd' },
    { path: '', message: 'odd, all of it' },
  ])
})

test('an error shows the first 200 characters of data that is no JSON, and the first 4096 of an error of the server', async () => {
  const long = 'x'.repeat(5000)
  const schema = z.unknown()
  const bad = await readAll(fetchEventStream(url, { ...once, fetch: fetchGiving({ data: long }), schema }))
  expect(bad.error?.body).toBe(`${'x'.repeat(200)}…`)

  const data = JSON.stringify({ error: long })
  const sent = { ...once, fetch: fetchGiving({ data }), protocol: openaiChat }
  const { error } = await readAll(fetchEventStream(url, sent))
  expect(error).toMatchObject({ code: 'server-error', body: data.slice(0, 4096) })
})

test("until() of the app's looks at what its schema made, and not at what is skipped", async () => {
  const seen: unknown[] = []
  const fetch = fetchGiving({ event: 'ping', data: '1' }, price)
  const stream = fetchEventStream(url, {
    ...once,
    fetch,
    schema: { price: z.object({ cents: z.number() }).transform(({ cents }) => cents / 100) },
    until: ({ data }) => seen.push(data) === 0,
  })
  await readAll(stream)

  expect(seen).toEqual([1.2])
})
