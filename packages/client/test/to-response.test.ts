import {
  fetchEventStream,
  tee,
  toResponse,
  type StandardSchema,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { createParser } from '@millrace/parser'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { fixtures } from '../../../test/fixtures/index.ts'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { fetchOf } from './support/cuts.ts'
import { fetchGiving } from './support/fetch-giving.ts'

const end: Step = { type: 'end' }
const done: Step = { type: 'event', data: '[DONE]' }
const hang: Step = { type: 'hang' }
const event = (data: string, more: object = {}): Step => ({ type: 'event', data, ...more })

/** Reads a body as text until it ends or breaks. */
async function textOf(response: Response): Promise<{ text: string; error: unknown }> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      text += decoder.decode(read.value, { stream: true })
    }
    return { text, error: null }
  } catch (error) {
    return { text, error }
  }
}

const numberSchema: StandardSchema<unknown, number> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof value === 'number' ? { value } : { issues: [{ message: 'is not a number' }] },
  },
}

describe('toResponse()', () => {
  test.each([0, -1, Number.NaN])(
    'refuses a heartbeat of %d: it would be comments without end',
    async (heartbeat) => {
      const stream = fetchEventStream('http://a.test/', { json: {}, fetch: fetchGiving({ data: '1' }) })
      await expect(toResponse(stream, { heartbeat })).rejects.toMatchObject({
        code: 'invalid-option',
        message: expect.stringContaining('`heartbeat`'),
      })
      stream.close()
    },
  )

  test('sends the events as they came, names and IDs, and the terminator', async () => {
    await using server = await play(
      scenario([
        event('{"a": 1}', { event: 'named', id: '7' }),
        event('two\nlines'),
        event('', { id: '' }),
        done,
        hang,
      ]),
    )
    const stream = fetchEventStream(server.url, {
      json: {},
      until: '[DONE]',
      parse: (text) => `decoded ${text}`,
    })
    const given: HeadersInit = [
      ['x-tenant', 't'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]
    const response = await toResponse(stream, { headers: given })

    expect(response.status).toBe(200)
    // A page is shown no cookie of a Response.
    expect(['', 'a=1, b=2']).toContain(response.headers.getSetCookie().join(', '))
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-tenant': 't',
    })
    expect(await textOf(response)).toEqual({
      text: 'id: 7\nevent: named\ndata: {"a": 1}\n\ndata: two\ndata: lines\n\nid: \ndata: \n\ndata: [DONE]\n\n',
      error: null,
    })
  })

  test.each(fixtures.filter(({ finish }) => finish === 'complete'))(
    'passes $name on unchanged',
    async (fixture) => {
      const stream = fetchEventStream('http://a.test/', {
        json: {},
        fetch: fetchOf(fixture.bytes, 'clean', 100),
      })
      const { text, error } = await textOf(await toResponse(stream))
      const events: { type: string; data: string }[] = []
      const parser = createParser({
        onEvent: ({ event = 'message', data }) => void events.push({ type: event, data }),
      })
      parser.feed(text)

      expect(events).toEqual(fixture.events.map(({ type, data }) => ({ type, data })))
      expect(error).toBe(null)
    },
  )

  test('passes on a body that is one event with line ends of all kinds', async () => {
    const json = '{\r\n  "a": 1,\r  "b": 2\n}'
    const headers = { 'content-type': 'application/json' }
    await using server = await play(
      scenario([{ type: 'headers', headers }, { type: 'text', text: json }, end]),
    )
    const stream = fetchEventStream(server.url, { json: {}, accept: () => 'event' })

    expect(await textOf(await toResponse(stream))).toEqual({
      text: 'data: {\ndata:   "a": 1,\ndata:   "b": 2\ndata: }\n\n',
      error: null,
    })
  })

  test('sends nothing after an event that ends the answer, and each event under its own name', async () => {
    const stream = fetchEventStream('http://a.test/', {
      json: {},
      fetch: fetchGiving(
        { event: 'odd', data: 'x' },
        { event: 'n', data: '"y"' },
        { event: 'end', data: '1' },
      ),
      schema: { n: numberSchema, end: numberSchema },
      others: 'pass',
      onInvalid: 'pass',
      until: { event: 'end' },
    })

    expect(await textOf(await toResponse(stream))).toEqual({
      text: 'event: odd\ndata: x\n\nevent: n\ndata: "y"\n\nevent: end\ndata: 1\n\n',
      error: null,
    })
  })

  test('takes a given header in place of its own', async () => {
    const stream = fetchEventStream('http://a.test/', { json: {}, fetch: fetchGiving({ data: '1' }) })
    const response = await toResponse(stream, { headers: { 'cache-control': 'no-store' } })

    expect(response.headers.get('cache-control')).toBe('no-store')
    await response.body?.cancel()
  })

  test.each([
    ['without the terminator', [event('a'), end], {}, 'truncated'],
    // Long enough for the event to come first, on a busy machine too.
    ['by a timeout', [event('a'), { type: 'comment', text: 'x' }, hang], { idle: 400 }, 'timeout'],
  ] as const)('breaks the body where the answer is cut %s', async (_, steps, timeouts, code) => {
    await using server = await play(scenario(steps))
    const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', timeouts })
    const { text, error } = await textOf(await toResponse(stream))

    expect(text).toBe('data: a\n\n')
    expect(error).toMatchObject({ code })
  })

  test.each([
    ['that it is cut', { event: 'error', data: 'truncated' }, 'event: error\ndata: truncated\n\n'],
    ['nothing', null, ''],
  ])('tells a reader %s before it breaks the body, as errorEvent says', async (_, told, sent) => {
    const stream = fetchEventStream('http://a.test/', {
      json: {},
      fetch: fetchGiving({ data: '1' }),
      until: '[DONE]',
    })
    const { text, error } = await textOf(await toResponse(stream, { errorEvent: () => told }))

    expect(text).toBe(`data: 1\n\n${sent}`)
    expect(error).toMatchObject({ code: 'truncated' })
  })

  test('breaks the body where the stream is closed, though iteration ends normally', async () => {
    await using server = await play(scenario([event('a'), hang]))
    const stream = fetchEventStream(server.url, { json: {} })
    const response = await toResponse(stream)
    const reading = textOf(response)
    await server.records({ bytes: 9 })
    stream.close()

    expect((await reading).error).toMatchObject({
      code: 'truncated',
      message: 'the stream that is passed on was closed',
    })
  })

  test.each([
    [429, { 'retry-after': '400' }, 429, '400'],
    [429, { 'retry-after': '1e400' }, 429, null],
    [503, { 'retry-after': '400' }, 503, '400'],
    [400, {}, 400, null],
    [401, {}, 502, null],
    [403, {}, 502, null],
    [407, {}, 502, null],
    [404, {}, 404, null],
    [422, {}, 422, null],
    [500, {}, 502, null],
  ])('answers an upstream status of %i', async (upstream, headers, status, retryAfter) => {
    const secret = '{"error":{"message":"key sk-secret is wrong"}}'
    const reply = new Response(secret, { status: upstream, headers: { 'x-request-id': 'r-1', ...headers } })
    const response = await toResponse(
      fetchEventStream('http://a.test/', { json: {}, fetch: async () => reply }),
    )
    const body = await response.text()

    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(retryAfter && { 'retry-after': retryAfter }),
    })
    expect(JSON.parse(body)).toEqual({
      error: {
        message: 'The upstream did not answer with a stream',
        code: 'http-status',
        status: upstream,
        requestId: 'r-1',
      },
    })
    expect(body).not.toContain('sk-secret')
  })

  test('answers for the refused stream of another copy of the package, as of one that was required', async () => {
    const foreign = Object.assign(new Error('refused'), {
      name: 'EventStreamError',
      code: 'http-status',
      status: 404,
      requestId: null,
      retryAfter: null,
    })
    const stream = fetchEventStream('http://a.test/', { fetch: () => new Promise(() => {}) })
    const response = await toResponse({
      outcome: stream.outcome,
      protocol: null,
      terminator: null,
      response: Promise.reject(foreign),
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    })
    stream.close()

    expect(response.status).toBe(404)
  })

  test('answers 504 for a timeout, 502 for no connection, 502 for another type, 204 for nothing', async () => {
    const status = async (options: StreamOptions<StreamEvent>) =>
      (await toResponse(fetchEventStream('http://a.test/', { json: {}, retry: false, ...options }))).status

    expect(await status({ timeouts: { headers: 1 }, fetch: () => new Promise(() => {}) })).toBe(504)
    expect(await status({ fetch: () => Promise.reject(new TypeError('fetch failed')) })).toBe(502)
    expect(await status({ fetch: async () => Response.json({}) })).toBe(502)
    expect(await status({ fetch: async () => new Response(null, { status: 204 }) })).toBe(204)
  })

  test('answers what statusOf says', async () => {
    const fetch = async () => new Response('', { status: 401 })
    const response = await toResponse(fetchEventStream('http://a.test/', { json: {}, fetch }), {
      statusOf: ({ status }) => (status === 401 ? 500 : 502),
    })

    expect(response.status).toBe(500)
  })

  test('rejects with the reason of the signal before there is a reply', async () => {
    const controller = new AbortController()
    const stream = fetchEventStream('http://a.test/', {
      json: {},
      signal: controller.signal,
      fetch: () => new Promise(() => {}),
    })
    const response = toResponse(stream)
    controller.abort('gone')

    await expect(response).rejects.toBe('gone')
  })

  test('sends a comment whenever nothing came for a while, and the event when it comes', async () => {
    await using server = await play(scenario([event('a'), { type: 'gate', name: 'b' }, event('b'), end]))
    const time = skipping()
    const stream = fetchEventStream(server.url, { json: {} })
    const response = await toResponse(stream, { heartbeat: 15_000, runtime: time.options.runtime })
    const reader = response.body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)

    expect(await read()).toBe('data: a\n\n')
    for (let beat = 0; beat < 3; beat += 1) {
      const comment = read()
      await time.advance(15_000)
      expect(await comment).toBe(':\n\n')
    }
    const last = read()
    await server.release('b')
    expect(await last).toBe('data: b\n\n')
    await reader?.cancel()
    expect(time.due).toEqual([])
  })

  test('gives an event at once that came while its reader had enough to do with a comment', async () => {
    await using server = await play(
      scenario([
        { type: 'comment', text: 'Firefox waits for a byte' },
        { type: 'gate', name: 'a' },
        event('a'),
        hang,
      ]),
    )
    const time = skipping()
    const stream = fetchEventStream(server.url, { json: {} })
    const response = await toResponse(stream, { runtime: time.options.runtime })
    const reader = response.body?.getReader()
    const comment = reader?.read()
    await time.advance(15_000)
    await comment
    await server.release('a')
    await expect.poll(() => stream.cursor.events).toBe(1)

    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: a\n\n')
    await reader?.cancel()
  })

  test('closes the upstream when its reader goes', async () => {
    await using server = await play(scenario([event('a'), hang]))
    const response = await toResponse(fetchEventStream(server.url, { json: {} }))
    await response.body?.cancel()

    expect((await server.closed()).exchanges[0]?.state).toBe('aborted')
  })

  test('reads nothing ahead of its reader', async () => {
    let pulled = 0
    const body = () =>
      new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            pulled += 1
            controller.enqueue(new TextEncoder().encode(`data: ${'x'.repeat(100_000)}\n\n`))
          },
        },
        { highWaterMark: 0 },
      )
    const fetch = async () => new Response(body(), { headers: { 'content-type': 'text/event-stream' } })
    const response = await toResponse(fetchEventStream('http://a.test/', { json: {}, fetch }))
    const reader = response.body?.getReader()
    for (let n = 0; n < 10; n += 1) await reader?.read()
    await new Promise((resolve) => setTimeout(resolve))
    // What was read, and the half megabyte that is read ahead so that a reset takes nothing that had arrived.
    expect(pulled).toBeLessThanOrEqual(10 + 7)
    await reader?.cancel()
  })

  test('asks for no event before its reader does', async () => {
    const stream = fetchEventStream('http://a.test/', { json: {}, fetch: fetchGiving({ data: '1' }) })
    let asked = 0
    const counted = {
      outcome: stream.outcome,
      response: stream.response,
      protocol: null,
      terminator: null,
      [Symbol.asyncIterator]() {
        const events = stream[Symbol.asyncIterator]()
        const next = () => {
          asked += 1
          return events.next()
        }
        return { next }
      },
    }
    const response = await toResponse(counted)
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).toBe(0)

    expect((await textOf(response)).text).toBe('data: 1\n\n')
    expect(asked).toBe(2)
  })

  test('passes a branch on while another is read', async () => {
    await using server = await play(scenario([event('a'), event('b'), done, end]))
    const [passed, kept] = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 2)
    const [{ text }, { data, outcome }] = await Promise.all([toResponse(passed).then(textOf), readAll(kept)])

    expect(text).toBe('data: a\n\ndata: b\n\ndata: [DONE]\n\n')
    expect(data).toEqual(['a', 'b'])
    expect(outcome.type).toBe('complete')
  })
})
