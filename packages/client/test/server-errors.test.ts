import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { fetchOf } from './support/cuts.ts'

const end: Step = { type: 'end' }
const text = (text: string): Step => ({ type: 'text', text })
const typed = (type: string): Step => ({ type: 'headers', headers: { 'content-type': type } })

async function post(steps: readonly Step[], options: StreamOptions<StreamEvent> = {}) {
  await using server = await play(scenario(steps))
  const stream = fetchEventStream(server.url, { json: {}, ...skipping().options, ...options })
  return { ...(await readAll(stream)), requests: await server.requests() }
}

describe('a refused reply', () => {
  test.each([
    [
      'OpenAI',
      '{"error":{"message":"no key","type":"invalid_request_error","code":null}}',
      'no key',
      'invalid_request_error',
    ],
    [
      'Anthropic',
      '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
      'Overloaded',
      'overloaded_error',
    ],
    [
      'Google',
      '[{"error":{"code":400,"message":"bad model","status":"INVALID_ARGUMENT"}}]',
      'bad model',
      'INVALID_ARGUMENT',
    ],
    ['plain', '{"error":"out of credit"}', 'out of credit', null],
    ['no error in it', '{"detail":"nope"}', '{"detail":"nope"}', null],
  ])('with JSON (%s) gives its message and type', async (_, body, message, type) => {
    const { error, outcome } = await post([
      { type: 'status', status: 400 },
      typed('application/json'),
      text(body),
      end,
    ])

    expect(error).toMatchObject({ code: 'http-status', status: 400, type, body })
    expect(error?.message).toBe(`The server answered 400: ${message}`)
    expect(outcome.type).toBe('server-error')
  })

  test('with text gives its first line', async () => {
    const { error } = await post([
      { type: 'status', status: 502 },
      typed('text/plain'),
      text('upstream is down\nat 12:00\n'),
      end,
    ])

    expect(error?.message).toBe('The server answered 502: upstream is down')
  })

  test('with a page gives its title', async () => {
    const page = '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>…</body></html>'
    const { error } = await post([{ type: 'status', status: 502 }, typed('text/html'), text(page), end])

    expect(error?.message).toBe('The server answered 502: 502 Bad Gateway')
    expect(error?.body).toBe(page)
  })

  test.each([
    ['a title with attributes, after white space', '\n <html><title lang="en">502\nBad</title>', ': 502'],
    ['no title', '<html><body>Bad Gateway</body></html>', ''],
  ])('with a page that has %s', async (_, page, said) => {
    const { error } = await post([{ type: 'status', status: 502 }, text(page), end])

    expect(error?.message).toBe(`The server answered 502${said}`)
  })

  test.each([
    ['names a tag', 'no <html> here', 'no <html> here'],
    ['ends in white space', 'so sorry \t\n', 'so sorry'],
    ['is long', 'x'.repeat(1000), 'x'.repeat(200)],
  ])('with text that %s', async (_, body, said) => {
    const { error } = await post([{ type: 'status', status: 502 }, text(body), end])

    expect(error?.message).toBe(`The server answered 502: ${said}`)
  })

  test('with an empty body gives the status', async () => {
    const { error } = await post([{ type: 'status', status: 500 }, end])

    expect(error).toMatchObject({ message: 'The server answered 500', body: '' })
  })

  test('with a body without end is read up to 4 KiB', async () => {
    const { error } = await post([
      { type: 'status', status: 500 },
      { type: 'fill', size: 10_000_000 },
      { type: 'hang' },
    ])

    expect(error?.body).toBe('x'.repeat(4096))
  })

  test('whose body falls silent is waited for two seconds, no longer', async () => {
    await using server = await play(
      scenario([{ type: 'status', status: 500 }, text('half'), { type: 'hang' }]),
    )
    const time = skipping()
    const stream = fetchEventStream(server.url, { json: {}, ...time.options })
    const reading = readAll(stream)
    await server.records({ bytes: 4 })
    // The reply, and with it the wait, comes when it comes: the clock is moved until the wait is over.
    const over = stream.outcome.then(() => true)
    while (!(await Promise.race([over, time.advance(100).then(() => false)])));

    expect((await reading).error).toMatchObject({ code: 'http-status', body: 'half' })
    await server.closed()
  })

  test('is told with control characters taken out', async () => {
    const { error } = await post([
      { type: 'status', status: 400 },
      typed('text/plain'),
      text('a\u001b[31mred\u202e'),
      end,
    ])

    expect(error?.message).toBe('The server answered 400: a [31mred ')
  })
})

describe('an error inside a stream', () => {
  const message: Step = { type: 'event', data: '{"text":"half"}' }
  const errorOf = (event: StreamEvent) => {
    if (event.type !== 'error' && !event.data.includes('"error"')) return null
    const { error } = JSON.parse(event.data)
    return { message: error.message, type: error.type }
  }

  test.each([
    [
      'an event named error',
      { type: 'event', event: 'error', data: '{"error":{"message":"boom","type":"overload"}}' },
    ],
    ['an error member in a chunk', { type: 'event', data: '{"error":{"message":"boom","type":"overload"}}' }],
  ] as const)('by %s ends the answer after what came before', async (_, step) => {
    const { data, error, outcome } = await post([message, step, { type: 'hang' }], {
      errorOf,
      until: '[DONE]',
    })

    expect(data).toEqual(['{"text":"half"}'])
    expect(error).toMatchObject({
      code: 'server-error',
      type: 'overload',
      message: 'The server sent an error: boom',
    })
    expect(error?.body).toContain('boom')
    expect(outcome).toMatchObject({ type: 'server-error', events: 1 })
  })

  const google = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }
  test.each([
    ['on one line', JSON.stringify(google)],
    ['on one line with its end', `${JSON.stringify(google)}\n`],
    ['on many lines', JSON.stringify(google, null, 2)],
    ['in a list, on many lines with CRLF', JSON.stringify([google], null, 2).replaceAll('\n', '\r\n')],
  ])('as bare JSON %s is noticed, however it is cut', async (_, body) => {
    for (const sizes of [[10_000], [7], [1]]) {
      const { data, error, outcome } = await post([message, { type: 'chunks', sizes }, text(body), end])

      expect(data).toEqual(['{"text":"half"}'])
      expect(error).toMatchObject({ code: 'server-error', status: 503, type: 'UNAVAILABLE' })
      expect(error?.message).toBe('The server sent an error: The model is overloaded.')
      expect(outcome).toMatchObject({ type: 'server-error', events: 1 })
    }
  })

  test('as bare JSON without its end on a body that breaks is the server error, not the break', async () => {
    const bytes = new TextEncoder().encode(`data: {"text":"half"}\n\n${JSON.stringify(google)}`)
    const { data, error } = await readAll(
      fetchEventStream('http://a.test/', { json: {}, fetch: fetchOf(bytes, 'broken') }),
    )

    expect(data).toEqual(['{"text":"half"}'])
    expect(error).toMatchObject({ code: 'server-error', status: 503 })
  })

  test('as bare JSON before any event counts as a status', async () => {
    const { error, requests } = await post([text(JSON.stringify(google)), end], {
      retry: { unsafe: true, maxAttempts: 2 },
    })

    expect(requests).toHaveLength(2)
    expect(error).toMatchObject({ code: 'retries-exhausted', status: 503 })
  })

  test('that is no JSON error leaves a hint where the answer is cut', async () => {
    const { error } = await post([message, text('{"text":"not an event"}\n'), end], { until: '[DONE]' })

    expect(error).toMatchObject({ code: 'truncated' })
    expect(error?.message).toContain('it held other lines, such as {"text":"not an event"}')
  })

  test('and lines that are none leave no more than the start of the first one, or nothing, in what a cut says', async () => {
    const cut = 'The answer is not complete: the body ended before the data "[DONE]"'
    const plain = await post([message, end], { until: '[DONE]' })
    const odd = await post([message, text(`{${'x'.repeat(200)}\n`), end], { until: '[DONE]' })

    expect(plain.error?.message).toBe(cut)
    expect(odd.error?.message).toBe(`${cut}; it held other lines, such as {${'x'.repeat(99)}`)
  })
})

describe('a reply that is no event stream', () => {
  const json = [typed('application/json; charset=utf-8'), text('{"jsonrpc":"2.0","id":1,"result":"水"}'), end]

  test('is an error with the start of its body', async () => {
    const { data, error, outcome } = await post(json)

    expect(data).toEqual([])
    expect(error).toMatchObject({
      code: 'content-type',
      status: 200,
      body: '{"jsonrpc":"2.0","id":1,"result":"水"}',
    })
    expect(error?.message).toMatch(
      /^The server answered with application\/json; charset=utf-8, not text\/event-stream/,
    )
    expect(outcome.type).toBe('invalid')
  })

  test('is one event where accept says so', async () => {
    const { data, outcome } = await post(json, {
      accept: ({ mediaType }) => (mediaType === 'application/json' ? 'event' : null),
      until: (event) => 'result' in JSON.parse(event.data),
    })

    expect(data).toEqual(['{"jsonrpc":"2.0","id":1,"result":"水"}'])
    expect(outcome).toMatchObject({ type: 'complete', events: 1, bytes: 39 })
  })

  test('that is accepted as one event, and is too large, names the limit of events', async () => {
    const { data, error } = await post(json, { accept: () => 'event', limits: { event: 38 } })

    expect(data).toEqual([])
    expect(error).toMatchObject({ code: 'too-large', limit: 'event' })
    expect(error?.message).toContain('limits: event')
  })

  test('is an error where it says it is JSON, is accepted, and is cut', async () => {
    const { data, error } = await post([...json.slice(0, 2), { type: 'reset' }], { accept: () => 'event' })

    expect(data).toEqual([])
    expect(error).toMatchObject({ code: 'network' })
  })

  test.each([
    [202, 'nothing follows'],
    [405, 'there is no such stream'],
  ])('%i is the end without an error where accept says so (%s)', async (status) => {
    const { data, error, outcome } = await post([{ type: 'status', status }, end], {
      accept: (reply) => (reply.status === status ? 'end' : null),
    })

    expect([data, error]).toEqual([[], null])
    expect(outcome).toMatchObject({ type: 'complete', events: 0 })
  })

  test('is refused where accept says so, whatever its type', async () => {
    const { error } = await post([{ type: 'event', data: 'x' }, end], { accept: () => 'refuse' })

    expect(error).toMatchObject({ code: 'content-type' })
  })
})

describe('the message of an error is one line for a log, whatever the server says', () => {
  async function ask(steps: readonly Step[]) {
    await using server = await play(scenario(steps))
    return await readAll(fetchEventStream(server.url, { json: {}, protocol: openaiChat }))
  }
  const hostile = 'first\nsecond \u001b[31mred \u202ereversed'

  test.each<[string, Step[]]>([
    ['in an event', [{ type: 'event', data: JSON.stringify({ error: { message: hostile } }) }]],
    ['in bare JSON', [text(`${JSON.stringify({ error: { message: hostile } })}\n\n`)]],
    ['in a line that is no event', [text('{ "\u001b[31mred \u202ereversed": \n\n')]],
    ['in the name of an event that cannot be used', [{ type: 'event', event: '\u202ereversed', data: '{' }]],
    ['in a refused reply', [{ type: 'status', status: 400 }, text(JSON.stringify({ error: hostile }))]],
  ])('%s', async (_, steps) => {
    const { error } = await ask([...steps, end])
    expect(error?.message).toMatch(/red|reversed/)
    expect(error?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('and holds no more than the start of it', async () => {
    const message = 'no '.repeat(100_000)
    const { error } = await ask([{ type: 'event', data: JSON.stringify({ error: { message } }) }, end])
    expect(error?.message).toMatch(/^The server sent an error: no no /)
    expect(error?.message).toHaveLength(1000)
  })
})
