import {
  chatGet,
  fetchEventStream,
  lastEventIdGet,
  lastEventIdQuery,
  openaiBackground,
  type Cursor,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { scenario, scenarioOf, type Scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { fixture } from '../../../test/fixtures/index.ts'
import { isWebKit } from '../../../test/support/engine.ts'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const end: Step = { type: 'end' }
const done: Step = { type: 'event', data: '[DONE]' }
const event = (id: string, data: string = id): Step => ({ type: 'event', id, data })

async function post(
  given: Scenario,
  options: StreamOptions<StreamEvent>,
  onEvent?: (event: StreamEvent) => unknown,
) {
  await using server = await play(given)
  const time = skipping()
  const stream = fetchEventStream(server.url, {
    json: { id: 'chat 1' },
    until: '[DONE]',
    ...time.options,
    ...options,
  })
  const read = await readAll(stream, onEvent)
  const requests = await server.requests()
  const sent = requests.map(({ method, url, headers }) => ({
    method,
    path: url.replace(/^.*\/(?=[^/]*$)/, ''),
    lastEventId: headers['last-event-id'] ?? null,
  }))
  return { ...read, stream, requests, sent, delays: time.delays }
}

/** Reads an answer whose POST has one reply and whose GET has another, wherever the URLs point; `asked` names both. */
async function readInTwo(
  url: string,
  onPost: readonly Step[],
  onGet: readonly Step[],
  options: StreamOptions<StreamEvent>,
) {
  const asked: string[] = []
  await using posted = await play(scenario(onPost))
  await using got = await play(scenario(onGet))
  const routed: typeof fetch = (input, init) => {
    asked.push(`${init?.method} ${String(input)}`)
    return fetch(init?.method === 'POST' ? posted.url : got.url, init)
  }
  const stream = fetchEventStream(url, { fetch: routed, ...skipping().options, ...options })
  return { ...(await readAll(stream)), stream, asked }
}

describe('lastEventIdGet', () => {
  test('goes on by GET through any number of drops, each from the last ID', async () => {
    const { data, outcome, sent, requests } = await post(
      scenario(
        [event('1'), event('2'), end],
        [event('3'), end],
        [{ type: 'comment', text: 'nothing yet' }, end],
        [event('4'), done, end],
      ),
      { resume: lastEventIdGet, headers: { authorization: 'Bearer t' } },
    )

    expect(data).toEqual(['1', '2', '3', '4'])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 4, lastEventId: '4' })
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', '2'],
      ['GET', '3'],
      ['GET', '3'],
    ])
    expect(requests[1]).toMatchObject({ body: '', headers: { authorization: 'Bearer t' } })
    expect(requests[1]?.headers).not.toHaveProperty('content-type')
  })

  test('reads MCP in its two legs, and waits as the server said', async () => {
    const [leg1, leg2] = [fixture('mcp-streamable-http-leg1.sse'), fixture('mcp-streamable-http-leg2.sse')]
    const bytes = (of: typeof leg1): Step => ({
      type: 'bytes',
      base64: btoa(String.fromCharCode(...of.bytes)),
    })
    const { data, outcome, sent, delays } = await post(scenario([bytes(leg1), end], [bytes(leg2), end]), {
      resume: lastEventIdGet,
      until: ({ raw }) => raw !== '' && 'result' in JSON.parse(raw),
    })

    expect(data).toEqual([...leg1.events, ...leg2.events].map((event) => event.data))
    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', 'st7_1'],
    ])
    // The server asked for 250 ms; the floor of every automatic attempt is 500.
    expect(delays).toEqual([500])
  })

  test('does not go on from an ID that no header can carry: it would read the answer from its start', async () => {
    const { data, outcome, sent } = await post(scenario([event('a\u0001'), end], [event('2'), done, end]), {
      resume: lastEventIdGet,
    })

    expect(data).toEqual(['a\u0001'])
    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(sent).toHaveLength(1)
  })

  test('asks without an ID where a cursor has none', async () => {
    const { data, sent } = await post(scenario([event('1'), done, end]), {
      resume: lastEventIdGet,
      cursor: { lastEventId: '', events: 0 },
    })

    expect(data).toEqual(['1'])
    expect(sent).toMatchObject([{ method: 'GET', lastEventId: null }])
  })

  test('does not go on from an ID that is too long to be sent', async () => {
    const { outcome, sent } = await post(scenario([event('x'.repeat(8001)), end]), { resume: lastEventIdGet })

    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(sent).toHaveLength(1)
  })

  test('does not go on before there is an ID', async () => {
    const { error, sent } = await post(scenario([{ type: 'event', data: 'no id' }, end]), {
      resume: lastEventIdGet,
    })

    expect(error).toMatchObject({ code: 'truncated' })
    expect(sent).toHaveLength(1)
  })

  test.skipIf(isWebKit)('sends an ID that is no ASCII as UTF-8', async () => {
    await using server = await play(scenario([event('mühle-水'), end], [done, end]))
    const stream = fetchEventStream(server.url, {
      json: {},
      until: '[DONE]',
      resume: lastEventIdGet,
      ...skipping().options,
    })
    await stream.done()

    expect((await server.requests())[1]?.lastEventId).toBe('mühle-水')
  })

  test('keeps what a 204 says: nothing is left, and the answer is cut', async () => {
    const { error, outcome, sent } = await post(
      scenario([event('1'), end], [{ type: 'status', status: 204 }, end]),
      { resume: lastEventIdGet },
    )

    expect(error).toMatchObject({ code: 'truncated' })
    expect(outcome).toMatchObject({ type: 'truncated', events: 1, attempts: 2 })
    expect(sent).toHaveLength(2)
  })

  test('lets every repeat through: servers give one ID to many events', async () => {
    const { data } = await post(
      scenario([event('7', 'a'), event('7', 'b'), end], [event('7', 'b'), done, end]),
      {
        resume: lastEventIdGet,
      },
    )

    expect(data).toEqual(['a', 'b', 'b'])
  })
})

describe('sameEvent', () => {
  const same = (a: StreamEvent, b: StreamEvent) => a.lastEventId === b.lastEventId && a.data === b.data

  test('drops what comes again, up to the first event that is new', async () => {
    const { data, outcome } = await post(
      scenario(
        [event('1', 'a'), event('2', 'b'), event('3', 'c'), end],
        [event('2', 'b'), event('3', 'c'), event('4', 'd'), event('2', 'b'), done, end],
      ),
      { resume: lastEventIdGet, sameEvent: same },
    )

    expect(data).toEqual(['a', 'b', 'c', 'd', 'b'])
    expect(outcome.events).toBe(5)
  })

  test('drops nothing within one connection', async () => {
    const { data } = await post(scenario([event('1', 'a'), event('1', 'a'), done, end]), { sameEvent: same })

    expect(data).toEqual(['a', 'a'])
  })

  test('drops nothing that came longer ago than a hundred events', async () => {
    const old = Array.from({ length: 101 }, (_, n) => event(String(n)))
    const { data } = await post(scenario([...old, end], [event('0'), done, end]), {
      resume: lastEventIdGet,
      sameEvent: same,
    })

    expect(data).toHaveLength(102)
  })
})

describe('lastEventIdQuery()', () => {
  test('puts the ID into the query, and no header', async () => {
    const { data, sent } = await post(scenario([event('a b'), end], [event('2'), done, end]), {
      resume: lastEventIdQuery('from'),
    })

    expect(data).toEqual(['a b', '2'])
    expect(sent[1]).toMatchObject({
      method: 'GET',
      path: expect.stringMatching(/\?from=a\+b$/),
      lastEventId: null,
    })
  })

  test('puts the ID that a subscription is given into the query, from its first request on', async () => {
    const { data, sent } = await post(scenario([event('8'), done, end]), {
      json: undefined,
      lastEventId: '7',
      resume: lastEventIdQuery('from'),
    })

    expect(data).toEqual(['8'])
    expect(sent).toMatchObject([
      { method: 'GET', path: expect.stringMatching(/\?from=7$/), lastEventId: null },
    ])
  })

  test('leaves the query as it is where a cursor has no ID', async () => {
    const { sent } = await post(scenario([done, end]), {
      resume: lastEventIdQuery('from'),
      cursor: { lastEventId: '', events: 0 },
    })

    expect(sent).toMatchObject([{ path: expect.not.stringContaining('from') }])
  })
})

describe('openaiBackground', () => {
  const numbered = (n: number, more: object = {}): Step => ({
    type: 'event',
    event: n === 0 ? 'response.created' : 'response.output_text.delta',
    data: JSON.stringify({ sequence_number: n, ...more }),
  })
  const created = numbered(0, { response: { id: 'resp_1' } })
  const completed: Step = { type: 'event', event: 'response.completed', data: '{"sequence_number":9}' }
  const numbersOf = (data: readonly unknown[]) => data.map((text) => JSON.parse(String(text)).sequence_number)

  const background = (
    onPost: readonly Step[],
    onGet: readonly Step[],
    more: Partial<StreamOptions<StreamEvent>> = {},
  ) =>
    readInTwo('https://api.test/v1/responses?api-version=1', onPost, onGet, {
      json: { background: true },
      resume: openaiBackground,
      until: { event: 'response.completed' },
      ...more,
    })

  test('goes on after the last sequence number of the response that was created', async () => {
    const { data, outcome, asked } = await background(
      [created, numbered(1), numbered(2), end],
      [numbered(3), completed, end],
    )

    expect(numbersOf(data)).toEqual([0, 1, 2, 3, 9])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(asked[1]).toBe(
      'GET https://api.test/v1/responses/resp_1?api-version=1&stream=true&starting_after=2',
    )
  })

  test('drops what the server sends again by its number', async () => {
    const { data } = await background(
      [created, numbered(1), numbered(2), end],
      [numbered(1), numbered(2), numbered(3), completed, end],
    )

    expect(numbersOf(data)).toEqual([0, 1, 2, 3, 9])
  })

  const unnumbered: Step = { type: 'event', event: 'response.created', data: '{"response":{"id":"resp_1"}}' }

  test.each([
    ['the ID of the response', numbered(1)],
    ['a sequence number', unnumbered],
  ])('does not go on before there is %s', async (_, only) => {
    const { error, outcome, stream, asked } = await background([only, end], [completed, end])

    expect(error).toMatchObject({ code: 'truncated' })
    expect(outcome.resumable).toBe(false)
    expect(asked).toHaveLength(1)

    const cold = await background([], [completed, end], { cursor: stream.cursor })
    expect(cold.error).toMatchObject({ code: 'truncated' })
    expect(cold.asked).toEqual([])
  })

  test('leaves an answer that was not asked for in the background as it was cut: there is no rest of it', async () => {
    const foreground = { json: { model: 'm' } }
    const { error, outcome, stream, asked } = await background([created, numbered(1), end], [], foreground)
    expect(error).toMatchObject({ code: 'truncated', willRetry: false })
    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(asked).toHaveLength(1)

    const cold = await background([], [completed, end], { ...foreground, cursor: stream.cursor })
    expect([cold.error?.code, cold.asked]).toEqual(['truncated', []])
    const unknown = await background([], [completed, end], {
      method: 'POST',
      json: undefined,
      cursor: stream.cursor,
    })
    expect(unknown.outcome.type).toBe('complete')
  })

  test('keeps the last number over an event that has none', async () => {
    const { data, asked } = await background([created, numbered(1), unnumbered, end], [completed, end])

    expect(data).toHaveLength(4)
    expect(asked[1]).toContain('starting_after=1')
  })

  test('goes on from a cursor that was saved as JSON, with a GET as the first request', async () => {
    const first = await background([created, numbered(1), end], [{ type: 'status', status: 404 }, end])
    const saved: Cursor = JSON.parse(JSON.stringify(first.stream.cursor))
    const { data, outcome, asked } = await background([], [numbered(1), numbered(2), completed, end], {
      cursor: saved,
    })

    expect(numbersOf(data)).toEqual([2, 9])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 1 })
    expect(asked).toEqual([
      'GET https://api.test/v1/responses/resp_1?api-version=1&stream=true&starting_after=1',
    ])
  })
})

describe('chatGet', () => {
  const chat = (
    onPost: readonly Step[],
    onGet: readonly Step[],
    more: Partial<StreamOptions<StreamEvent>> = {},
  ) =>
    readInTwo('https://app.test/api/chat', onPost, onGet, {
      json: { id: 'chat 1' },
      until: '[DONE]',
      resume: chatGet,
      ...more,
    })
  const part = (data: string): Step => ({ type: 'event', data })

  test('reads the chat again from its start, and drops what was handed over', async () => {
    const { data, outcome, asked } = await chat(
      [part('a'), part('b'), end],
      [part('a'), part('b'), part('c'), done, end],
    )

    expect(data).toEqual(['a', 'b', 'c'])
    expect(outcome.type).toBe('complete')
    expect(asked).toEqual(['POST https://app.test/api/chat', 'GET https://app.test/api/chat/chat%201/stream'])
  })

  test('takes a 204 after a cut for what it is: nothing runs, the answer is cut', async () => {
    const { outcome } = await chat([part('a'), end], [{ type: 'status', status: 204 }, end])

    expect(outcome).toMatchObject({ type: 'truncated', events: 1 })
  })

  test('asks below an address that ends in a slash, and for no chat that has no ID', async () => {
    const options = { json: { id: 'c' }, until: '[DONE]', resume: chatGet }
    const { asked } = await readInTwo('https://app.test/api/chat/', [part('a'), end], [done, end], options)
    expect(asked[1]).toBe('GET https://app.test/api/chat/c/stream')

    const nameless = await chat([part('a'), end], [done, end], { json: {} })
    expect(nameless.error).toMatchObject({ code: 'truncated' })
    expect(nameless.outcome.resumable).toBe(false)
    expect(nameless.asked).toHaveLength(1)
  })

  test('ends quietly when nothing is running at a cold start', async () => {
    const { data, error, outcome, asked } = await chat([], [{ type: 'status', status: 204 }, end], {
      cursor: { lastEventId: '', events: 0 },
    })

    expect([data, error]).toEqual([[], null])
    expect(outcome).toMatchObject({ type: 'ended', attempts: 1 })
    expect(asked).toEqual(['GET https://app.test/api/chat/chat%201/stream'])
  })

  test('takes a 204 for no quiet end once a cold start has brought a part of the answer', async () => {
    await using server = await play(
      scenario([part('a'), { type: 'hang' }], [{ type: 'status', status: 204 }, end]),
    )
    const stream = fetchEventStream(server.url, {
      json: { id: 'chat 1' },
      until: '[DONE]',
      resume: { ...chatGet, request: ({ request }) => ({ url: request.url }) },
      cursor: { lastEventId: '', events: 0 },
    })
    const { data, error, outcome } = await readAll(stream, () => stream.reconnect())

    expect(data).toEqual(['a'])
    expect(error).toMatchObject({ code: 'no-content' })
    expect(outcome.type).toBe('truncated')
  })
})

describe('resume as a function', () => {
  test('sees cursor, request, reply and attempt, and its headers default to those of the request', async () => {
    const seen: unknown[] = []
    const { data, requests } = await post(
      scenarioOf([
        {
          on: { request: 1 },
          steps: [{ type: 'headers', headers: { 'x-request-id': 'r-1' } }, event('5'), end],
        },
        { steps: [event('6'), done, end] },
      ]),
      {
        headers: { 'x-tenant': 't' },
        resume: ({ cursor, request, response, attempt, signal }) => {
          seen.push([
            cursor,
            request.method,
            request.json,
            response?.headers.get('x-request-id'),
            attempt,
            signal.aborted,
          ])
          return { url: `?after=${cursor.lastEventId}` }
        },
      },
    )

    expect(data).toEqual(['5', '6'])
    expect(seen).toEqual([[{ lastEventId: '5', events: 1 }, 'POST', { id: 'chat 1' }, 'r-1', 2, false]])
    expect(requests[1]).toMatchObject({ method: 'GET', headers: { 'x-tenant': 't' } })
  })

  test('that gives {} asks at the same URL, with the headers of the request less those of its body', async () => {
    const { data, requests } = await post(scenario([event('1'), end], [event('2'), done, end]), {
      headers: { 'x-tenant': 't', accept: 'text/event-stream;q=1' },
      idempotencyKey: 'key-1',
      resume: () => ({}),
    })

    expect(data).toEqual(['1', '2'])
    expect(requests[1]).toMatchObject({
      method: 'GET',
      url: requests[0]?.url,
      headers: { 'x-tenant': 't', accept: 'text/event-stream;q=1' },
    })
    expect(requests[0]?.headers).toHaveProperty('idempotency-key', 'key-1')
    expect(requests[1]?.headers).not.toHaveProperty('idempotency-key')
    expect(requests[1]?.headers).not.toHaveProperty('content-type')
  })

  test('that gives headers is asked for an event stream, unless it says what it accepts', async () => {
    const given: Record<string, string>[] = [{ 'x-a': '1' }, { accept: 'application/json' }]
    const { requests } = await post(scenario([event('1'), end], [event('2'), end], [event('3'), done, end]), {
      headers: { 'x-tenant': 't' },
      resume: ({ attempt }) => ({ headers: given[attempt - 2] ?? {} }),
    })

    expect(requests.map(({ headers }) => [headers['accept'], headers['x-tenant'], headers['x-a']])).toEqual([
      ['text/event-stream', 't', undefined],
      ['text/event-stream', undefined, '1'],
      ['application/json', undefined, undefined],
    ])
  })

  test('that gives null leaves the answer what it is', async () => {
    const { error, sent } = await post(scenario([event('1'), end]), { resume: () => null })

    expect(error).toMatchObject({ code: 'truncated' })
    expect(sent).toHaveLength(1)
  })

  test('that gives null is no end of an answer: not of one that reconnect() drops, nor of one that a cursor is from', async () => {
    const options = { json: {}, until: '[DONE]', resume: () => null }
    const cut = { type: 'truncated', error: { code: 'truncated' } }
    await using server = await play(scenario([event('1'), { type: 'hang' }]))
    const dropped = fetchEventStream(server.url, options)
    const { data, error, outcome } = await readAll(dropped, () => dropped.reconnect())

    expect(data).toEqual(['1'])
    expect(error).toMatchObject({ code: 'truncated', message: expect.stringContaining('`resume` gave no') })
    expect(outcome).toMatchObject(cut)

    const cursor = { lastEventId: '', events: 0 }
    const cold = await readAll(fetchEventStream(server.url, { ...options, cursor }))
    expect(cold.error).toMatchObject({ code: 'truncated' })
    expect(cold.outcome).toMatchObject(cut)
    expect(await server.requests()).toHaveLength(1)
  })

  test('that rejects is a failed attempt, and is asked again', async () => {
    let asked = 0
    const { data } = await post(scenario([event('1'), end], [event('2'), done, end]), {
      resume: async ({ request }) => {
        asked += 1
        if (asked === 1) throw new TypeError('offline')
        return { url: request.url }
      },
    })

    expect(data).toEqual(['1', '2'])
    expect(asked).toBe(2)
  })

  test('that gives a URL with a password, or none, is a mistake: it is told at once, not tried again', async () => {
    for (const url of ['https://me:secret@a.test/', 'https://']) {
      const { error, outcome, sent } = await post(scenario([event('1'), end]), { resume: () => ({ url }) })

      expect(error).toMatchObject({ code: 'invalid-option' })
      expect(String(error)).not.toContain('secret')
      expect(outcome).toMatchObject({ type: 'invalid', events: 1, attempts: 2 })
      expect(sent).toHaveLength(1)
    }
  })

  test('sends the headers of the request to no other origin', async () => {
    const urls: [string, string | null][] = []
    const replies = ['data: 1\n\n', 'data: [DONE]\n\n']
    const stream = fetchEventStream('https://a.test/', {
      json: {},
      until: '[DONE]',
      headers: { authorization: 'Bearer t' },
      resume: () => ({ url: 'https://b.test/' }),
      fetch: async (input, init) => {
        urls.push([String(input), new Headers(init?.headers).get('authorization')])
        return new Response(replies[urls.length - 1], { headers: { 'content-type': 'text/event-stream' } })
      },
      ...skipping().options,
    })
    await stream.done()

    expect(urls).toEqual([
      ['https://a.test/', 'Bearer t'],
      ['https://b.test/', null],
    ])
  })
})

describe('cursors', () => {
  test('stop after event k of n in one chunk, resume from the cursor, get k + 1', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
    const given = scenarioOf(
      [
        { on: { method: 'POST' }, steps: [{ type: 'text', text }, { type: 'hang' }] },
        { steps: [{ type: 'replay' }, done, end] },
      ],
      ['1', '2', '3', '4'].map((n) => ({ id: n, data: n })),
    )
    await using server = await play(given)
    const first = fetchEventStream(server.url, { json: {}, until: '[DONE]' })
    for await (const { data } of first) if (data === '2') break
    expect(first.cursor).toEqual({ lastEventId: '2', events: 2 })
    expect(await first.outcome).toMatchObject({ lastEventId: '2', events: 2, resumable: false })

    const cursor: Cursor = JSON.parse(JSON.stringify(first.cursor))
    const { data } = await readAll(
      fetchEventStream(server.url, { json: {}, until: '[DONE]', resume: lastEventIdGet, cursor }),
    )
    expect(data).toEqual(['3', '4'])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '2'])
  })

  test('an ID without an event counts once the consumer has come to it', async () => {
    const text = 'id: 1\ndata: a\n\nid: 2\n\n: a comment\n\n'
    await using server = await play(scenario([{ type: 'text', text }, { type: 'hang' }]))
    const stream = fetchEventStream(server.url, { json: {} })
    const events = stream[Symbol.asyncIterator]()
    await events.next()
    expect(stream.lastEventId).toBe('1')

    const next = events.next()
    await expect.poll(() => stream.lastEventId).toBe('2')
    expect(stream.cursor).toEqual({ lastEventId: '2', events: 1 })
    stream.close()
    await next
  })

  test('reconnect() in the middle of a chunk asks from what was parsed: nothing is lost or doubled', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [event('5'), { type: 'hang' }]),
    )
    const stream = fetchEventStream(server.url)
    const seen: string[] = []
    for await (const { data } of stream) {
      seen.push(data)
      if (data === '2') {
        stream.reconnect()
        expect(stream.cursor.lastEventId).toBe('2')
      }
      if (data === '5') break
    }

    expect(seen).toEqual(['1', '2', '3', '4', '5'])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '4'])
  })

  test('a connection that fails at event k of n in one chunk goes on after k - 1: the rest was not handed over', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n === '2' ? '{' : n}\n\n`)
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [event('2'), event('3'), event('4'), end]),
    )
    const stream = fetchEventStream(server.url, {
      parse: JSON.parse,
      retry: { when: ({ code }) => code === 'parse' || undefined },
      ...skipping().options,
    })
    const seen: unknown[] = []
    for await (const { data } of stream) {
      seen.push(data)
      if (data === 4) break
    }

    expect(seen).toEqual([1, 2, 3, 4])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '1'])
  })

  test('an error in place of an answer leaves no ID to go on from: the answer is asked for anew', async () => {
    const busy: Step = { type: 'event', id: 'old', data: 'busy' }
    const { data, sent } = await post(
      scenario([busy, { type: 'hang' }], [event('a'), end], [event('b'), done, end]),
      {
        errorOf: ({ data }) => (data === 'busy' ? { message: 'busy', status: 503 } : null),
        retry: { unsafe: true },
        resume: lastEventIdGet,
      },
    )

    expect(data).toEqual(['a', 'b'])
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['POST', null],
      ['GET', 'a'],
    ])
  })

  test('openaiBackground with reconnect() in the middle of a chunk hands each number over once', async () => {
    const text = [0, 1, 2, 3]
      .map((n) => `data: ${JSON.stringify({ sequence_number: n, response: { id: 'r' } })}\n\n`)
      .join('')
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [{ type: 'text', text }, done, end]),
    )
    const stream = fetchEventStream(server.url, {
      json: { background: true },
      until: '[DONE]',
      resume: { ...openaiBackground, request: ({ request }) => ({ url: request.url }) },
      ...skipping().options,
    })
    const { data } = await readAll(stream, (_, count) => {
      if (count === 2) stream.reconnect()
    })

    expect(data.map((text) => JSON.parse(String(text)).sequence_number)).toEqual([0, 1, 2, 3])
  })
})

test('a preset whose ready() throws ends the stream with its error', async () => {
  const cause = new RangeError('boom')
  const ready = () => {
    throw cause
  }
  const fetch = async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })
  const stream = fetchEventStream('https://a.example/', {
    fetch,
    json: {},
    until: '[DONE]',
    resume: { request: () => null, ready },
  })

  expect(await stream.done()).toMatchObject({ resumable: false, error: { code: 'invalid-option', cause } })
})

test('a stream is over, and cannot be resumed, where ready() throws at its end', async () => {
  const text = '123'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
  await using server = await play(scenario([{ type: 'text', text }, { type: 'hang' }]))
  const stream = fetchEventStream(server.url, {
    json: {},
    resume: {
      request: () => null,
      ready: ({ lastEventId }) => {
        if (lastEventId === '2') throw new RangeError('boom')
        return true
      },
    },
  })
  for await (const { data } of stream) if (data === '2') break

  expect(await stream.outcome).toMatchObject({ type: 'aborted', lastEventId: '2', resumable: false })
})
