import { fetchEventStream, lastEventIdGet, type EventStream, type Observation } from '@millrace/client'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, test } from 'vitest'
import { moduleOf } from './module-of.ts'

type Exports = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

/** The functions of the block under a heading, which ask this server. */
async function functionsOf(heading: string, origin: string, document = 'docs/answers.md'): Promise<Exports> {
  return (await moduleOf(document, heading, origin)) as Exports
}

const end: Step = { type: 'end' }
const hang: Step = { type: 'hang' }
const event = (data: unknown, name?: string): Step => ({
  type: 'event',
  data: typeof data === 'string' ? data : JSON.stringify(data),
  ...(name !== undefined && { event: name }),
})

test('ask() shows words, gives calls of a whole answer, and none of one that is stopped', async () => {
  const delta = (more: object) => event({ choices: [{ index: 0, delta: more }] })
  const call = (more: object) => delta({ tool_calls: [{ index: 0, ...more }] })
  const begun = [
    delta({ content: 'Let me look.' }),
    call({ id: 'c', function: { name: 'weather', arguments: '{"city":' } }),
  ]
  const rest = [call({ function: { arguments: '"Brno"}' } }), event('[DONE]'), end]
  const origin = { '/v1/chat/completions': scenario([...begun, ...rest], [...begun, hang]) }
  await using server = await serve(origin)
  const { ask } = await functionsOf('Tools, and a stop', new URL(server.url).origin)
  const shown: string[] = []

  expect(await ask?.([], (text: string) => shown.push(text), new AbortController().signal)).toMatchObject({
    text: 'Let me look.',
    calls: [{ name: 'weather', input: { city: 'Brno' } }],
  })
  expect(shown).toEqual(['Let me look.'])

  const stop = new AbortController()
  expect(await ask?.([], () => stop.abort(), stop.signal)).toEqual({ text: 'Let me look.', calls: [] })
  await server.whenClosed()
})

test('ask() takes a last event without its blank line for whole, and none of a body that was cut', async () => {
  const delta = 'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}'
  const text = (text: string): Step => ({ type: 'text', text })
  const reset: Step = { type: 'reset' }
  const turns: Step[][] = [
    [text(`${delta}\n\ndata: [DONE]\n\n`), end],
    [text(`${delta}\n\ndata: [DONE]\n`), end],
    [text(`${delta}\n\ndata: [DONE]`), end],
    [text(`${delta}\n\n${delta}`), end],
    [text(`${delta}\n\n${delta.slice(0, -1)}`), end],
    [text(`${delta}\n\ndata: [DONE]`), reset],
  ]
  await using server = await serve({ '/v1/chat/completions': scenario(...turns) })
  const block = await functionsOf('A last event without its blank line', new URL(server.url).origin)
  const ask = block['ask'] as unknown as (messages: object[]) => EventStream
  const ends: unknown[] = []
  for (const _ of turns) {
    const { type, events, error } = await ask([]).done()
    ends.push([type, events, error?.code])
  }
  expect(ends).toEqual([
    ['complete', 1, undefined],
    ['complete', 1, undefined],
    ['complete', 1, undefined],
    ['truncated', 2, 'truncated'],
    ['invalid', 1, 'parse'],
    ['network', expect.any(Number), 'network'],
  ])
})

test('spans() gives one for each attempt and each wait, with what it brought and why it ended', async () => {
  const first: Step = { type: 'event', id: '1', data: 'a' }
  await using server = await serve(scenario([first, end], [event('[DONE]'), end]))
  const block = await functionsOf('What to measure', server.url, 'docs/operating.md')
  const spansOf = block['spans'] as unknown as (emit: (span: unknown) => void) => (entry: Observation) => void
  const spans: unknown[] = []
  const retry = { initialDelay: 1 }
  const observe = spansOf((span) => spans.push(span))
  await fetchEventStream(server.url, {
    json: {},
    until: '[DONE]',
    resume: lastEventIdGet,
    retry,
    observe,
  }).done()

  const attempt = (attributes: object) => ({
    name: 'attempt',
    start: expect.any(Number),
    end: expect.any(Number),
    attributes: { 'http.response.status_code': 200, ...attributes },
  })
  const wait = {
    name: 'wait',
    start: expect.any(Number),
    end: expect.any(Number),
    attributes: { attempt: 2 },
  }
  const time = { time_to_first_event: expect.any(Number) }
  expect(spans).toEqual([
    attempt({ attempt: 1, events: 1, bytes: 'id: 1\ndata: a\n\n'.length, end: 'truncated', ...time }),
    wait,
    attempt({ attempt: 2, events: 0, bytes: 'data: [DONE]\n\n'.length, end: 'complete' }),
  ])
})

test('POST() passes an answer on, counts it, and lets go of the upstream when its reader goes', async () => {
  const start = event({ type: 'message_start', message: { usage: { input_tokens: 3 } } }, 'message_start')
  const stop = event({ type: 'message_stop' }, 'message_stop')
  await using server = await serve({ '/v1/messages': scenario([start, stop, end], [start, hang]) })
  const { origin } = new URL(server.url)
  const { POST } = await functionsOf('Routes that pass an answer on', origin, 'docs/routes.md')
  const logged: unknown[] = []
  const log = (usage: unknown, { type }: { type: string }) => logged.push([usage, type])
  const asked = (signal: AbortSignal) =>
    new Request('http://route.test/', { method: 'POST', body: '{"stream":true}', signal })
  const ask = async (signal: AbortSignal) => (await POST?.(asked(signal), log)) as Response

  const whole = await (await ask(new AbortController().signal)).text()
  expect(whole).toMatch(/^event: message_start\n[^]*event: message_stop\ndata: {"type":"message_stop"}\n\n$/)

  const reader = new AbortController()
  const response = await ask(reader.signal)
  await response.body?.getReader().read()
  reader.abort()
  await server.whenClosed(2)
  await expect
    .poll(() => logged)
    .toEqual([
      [{ input_tokens: 3 }, 'complete'],
      [{ input_tokens: 3 }, 'aborted'],
    ])
})

test('POST() sends a refusal back to the page, which waits and asks again', async () => {
  const busy: Step[] = [
    { type: 'status', status: 429 },
    { type: 'headers', headers: { 'retry-after': '1' } },
    end,
  ]
  await using server = await serve({ '/v1/messages': scenario(busy) })
  const { POST } = await functionsOf(
    'Routes that pass an answer on',
    new URL(server.url).origin,
    'docs/routes.md',
  )
  const request = new Request('http://route.test/', { method: 'POST', body: '{"stream":true}' })
  const reply = (await POST?.(request)) as Response

  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '1'])
  expect(server.requests).toHaveLength(1)
})

test('work() goes on from what was saved before a crash, and throws where nothing was', async () => {
  const numbered = (type: string, sequence_number: number, more: object) =>
    event({ type, sequence_number, ...more }, type)
  const delta = (n: number, text: string) => numbered('response.output_text.delta', n, { delta: text })
  await using server = await serve({
    '/v1/responses': scenario([
      numbered('response.created', 0, { response: { id: 'r' } }),
      delta(1, 'It '),
      delta(2, 'turns.'),
      hang,
    ]),
    '/v1/responses/r': scenario([delta(2, 'turns.'), numbered('response.completed', 3, {}), end]),
  })
  const { work } = await functionsOf('A job that goes on after a crash', new URL(server.url).origin)
  let saved: unknown
  const crash = async (now: { text: string }) => {
    saved = JSON.parse(JSON.stringify(now))
    if (now.text === 'It ') throw new TypeError('crash')
  }
  await expect(work?.('Why?', null, crash)).rejects.toThrow('crash')

  expect(await work?.('Why?', saved, async () => {})).toBe('It turns.')
  expect(server.requests).toMatchObject([{ method: 'POST' }])
  expect(server.at('/v1/responses/r').requests).toMatchObject([
    { method: 'GET', url: expect.stringMatching(/\?stream=true&starting_after=1$/) },
  ])

  const nothing = { cursor: { lastEventId: '', events: 0 }, text: '' }
  await expect(work?.('Why?', nothing, async () => {})).rejects.toMatchObject({ code: 'truncated' })
})

test('askAll() gives what there is when the time is up', async () => {
  await using server = await serve({
    '/chat': scenario([event('yes'), event('[DONE]'), end], [event('so'), hang]),
  })
  const { askAll } = await functionsOf('Many answers, one deadline', new URL(server.url).origin)

  expect(await askAll?.(['a', 'b'], 2000)).toEqual(expect.arrayContaining(['yes', 'so…']))
  await server.whenClosed()
})

const word = (content: string, more: object = {}) =>
  event({ choices: [{ index: 0, delta: { content }, ...more }] })
const stopped = word('', { finish_reason: 'stop' })

test('askInTurn() asks an overloaded provider again, and the next one after a cut', async () => {
  const overloaded: Step = { type: 'status', status: 529 }
  await using server = await serve({
    '/overloaded': scenario([overloaded, end]),
    '/cut': scenario([word('Hm'), end]),
    '/whole': scenario([word('Flour'), stopped, end]),
    '/never': scenario([hang]),
  })
  const { askInTurn } = await functionsOf('Another try, another provider', server.url)
  const urls = ['/overloaded', '/cut', '/whole', '/never'].map((path) => server.at(path).url)

  expect(await askInTurn?.(urls, [])).toMatchObject({ text: 'Flour', outcome: { type: 'complete' } })
  expect(['/overloaded', '/cut', '/whole', '/never'].map((path) => server.at(path).requests.length)).toEqual([
    2, 1, 1, 0,
  ])
})

test('fastest() goes on with whoever says the first word, and closes the others', async () => {
  await using server = await serve({
    '/silent': scenario([{ type: 'comment', text: 'thinking' }, hang]),
    '/refused': scenario([{ type: 'status', status: 400 }, end]),
    '/quick': scenario([word('Fl'), word('our'), stopped, end]),
  })
  const module = await moduleOf('docs/answers.md', 'Another try, another provider')
  const fastest = module['fastest'] as (
    urls: readonly string[],
    messages: unknown[],
  ) => AsyncGenerator<string>
  const words: string[] = []
  for await (const text of fastest(
    ['/silent', '/refused', '/quick'].map((path) => server.at(path).url),
    [],
  )) {
    words.push(text)
  }

  expect(words).toEqual(['Fl', 'our'])
  await server.at('/silent').whenClosed()
  await expect(fastest([server.at('/refused').url], []).next()).rejects.toBeInstanceOf(AggregateError)
})
