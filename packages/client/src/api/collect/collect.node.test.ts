import { describe, expect, test } from 'vitest'
import { growth } from '../../../../../test/support/growth.ts'
import { fetchGiving } from '../../../test/support/fetch-giving.ts'
import {
  collect,
  EventStreamError,
  fetchEventStream,
  IncompleteAnswerError,
  tee,
  textOf,
  type PartialAnswer,
  type Protocol,
  type StreamEvent,
} from '@millrace/client'
import {
  aiSdkUi,
  anthropicMessages,
  gemini,
  openaiChat,
  type ChatChunk,
  type ChatEvent,
  type ChatUsage,
} from '@millrace/client/protocols'

const url = 'http://stream.test/'
const once = { json: {}, retry: false } as const

function eventOf<Data>(data: Data): StreamEvent<Data> {
  return { type: 'message', data, raw: JSON.stringify(data), lastEventId: '' }
}

/** A chunk with this as its delta. */
function chunk(delta: NonNullable<ChatChunk['choices']>[number]['delta']): ChatEvent {
  return eventOf({ choices: [delta === undefined ? {} : { delta }] })
}

async function* iterable<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items
}

const done = { data: '[DONE]' }
const call = (piece: string, id?: string) =>
  chunk({
    tool_calls: [
      id === undefined
        ? { index: 0, function: { arguments: piece } }
        : { index: 0, id, function: { name: 'grind', arguments: piece } },
    ],
  })

describe('collect()', () => {
  test('keeps calls apart that have the same index and other IDs', async () => {
    const { toolCalls } = await collect(
      iterable([call('{"kg":', 'a'), call('1}'), call('{"kg":2}', 'b'), call('{"kg":', 'c'), call('3}')]),
      { protocol: openaiChat },
    )
    expect(toolCalls.map((one) => [one.id, one.arguments])).toEqual([
      ['a', '{"kg":1}'],
      ['b', '{"kg":2}'],
      ['c', '{"kg":3}'],
    ])
  })

  test('goes on with the last of the calls that have the same index', async () => {
    const { text, toolCalls, ...rest } = await collect(iterable([call('{}', 'a'), call('{"kg":', 'b')]), {
      protocol: openaiChat,
    })
    const resumed = await collect(iterable([call('2}')]), {
      protocol: openaiChat,
      from: { text, toolCalls, usage: rest.usage },
    })
    expect(resumed.toolCalls.map((one) => [one.id, one.arguments])).toEqual([
      ['a', '{}'],
      ['b', '{"kg":2}'],
    ])
  })

  test.each([
    ['an ID of its own and no name', { id: 'other', function: { arguments: '1}' } }],
    ['the name and no ID', { id: null, function: { name: 'grind', arguments: '1}' } }],
    ['the name and an empty ID', { id: '', function: { name: 'grind', arguments: '1}' } }],
    ['the name and the ID again', { id: 'a', function: { name: 'grind', arguments: '1}' } }],
  ])('takes a piece of a call with %s for more of that call', async (_, piece) => {
    const more = eventOf({ choices: [{ delta: { tool_calls: [{ index: 0, ...piece }] } }] })
    const { toolCalls } = await collect<ChatUsage>(iterable([call('{"kg":', 'a'), more]), {
      protocol: openaiChat,
    })
    expect(toolCalls).toMatchObject([{ id: 'a', arguments: '{"kg":1}' }])
  })

  test('gathers from any iterable of events, and knows only that it ended', async () => {
    const collected = await collect(iterable([chunk({ content: 'a' }), chunk({ content: 'b' })]), {
      protocol: openaiChat,
    })
    expect(collected).toMatchObject({ text: 'ab', outcome: { type: 'ended', events: 2 } })
  })

  test('gathers from an iterable without an event: no ID, and nothing to go on from', async () => {
    const { text, outcome } = await collect(iterable<StreamEvent>([]))
    expect(text).toBe('')
    expect(outcome).toMatchObject({ type: 'ended', events: 0, lastEventId: '', resumable: false })
  })

  test('takes the data for the text where there is no protocol', async () => {
    const stream = fetchEventStream(url, {
      ...once,
      fetch: fetchGiving({ data: 'a' }, { data: 'b' }, done),
      until: '[DONE]',
    })
    expect(await collect(stream)).toMatchObject({ text: 'ab', outcome: { type: 'complete' } })
  })

  test('takes data that is text for the text where the protocol does not say what it adds', async () => {
    const protocol: Protocol = { parse: (data) => (data === '1' ? 1 : data), until: '[DONE]' }
    const fetch = fetchGiving({ data: 'a' }, { data: '1' }, { data: 'b' }, done)
    const { text, usage, finishReason } = await collect(fetchEventStream(url, { ...once, fetch, protocol }))
    expect({ text, usage, finishReason }).toEqual({ text: 'ab', usage: null, finishReason: null })
  })

  test('does not reject when iteration throws: the error is in the outcome', async () => {
    async function* broken(): AsyncGenerator<ChatEvent, void, undefined> {
      yield chunk({ content: 'half' })
      throw new TypeError('cut')
    }
    expect(await collect(broken(), { protocol: openaiChat })).toMatchObject({
      text: 'half',
      outcome: { type: 'invalid', events: 1, error: { code: 'network', cause: { message: 'cut' } } },
    })
  })

  test('does not reject for a stream that has a consumer already, and does not wait for that', async () => {
    const stream = fetchEventStream(url, { ...once, fetch: () => new Promise(() => {}) })
    void stream.done()
    expect((await collect(stream)).outcome).toMatchObject({
      type: 'invalid',
      error: { code: 'already-consumed' },
    })
    stream.close()
  })

  test('does not reject when a function of the protocol throws, and closes the stream', async () => {
    const protocol: Protocol = {
      until: '[DONE]',
      pieces: () => {
        throw new TypeError('bug')
      },
    }
    const { outcome } = await collect(
      fetchEventStream(url, { ...once, fetch: fetchGiving({ data: '1' }, done), protocol }),
    )
    expect(outcome).toMatchObject({
      type: 'invalid',
      error: { message: 'Reading threw an error; see `cause`', cause: { message: 'bug' } },
    })
  })

  test('calls no answer complete that a function of the protocol has not seen whole', async () => {
    const protocol: Protocol = {
      until: { event: 'end' },
      pieces: ({ type, data }) => {
        if (type === 'end') throw new TypeError('bug')
        return { text: String(data) }
      },
    }
    const ask = () =>
      fetchEventStream(url, {
        ...once,
        fetch: fetchGiving({ data: '1' }, { event: 'end', data: '2' }),
        protocol,
      })
    const bug = { type: 'invalid', error: { cause: { message: 'bug' } } }

    // The stream is over, and complete, when its last event is handed over.
    expect(await collect(ask())).toMatchObject({ text: '1', outcome: bug })
    const [one, two] = tee(ask(), 2)
    const other = collect(two, { protocol: null })
    expect(await collect(one)).toMatchObject({ text: '1', outcome: bug })
    expect((await other).outcome).toMatchObject({ type: 'complete', events: 2 })
  })

  test('parses the arguments of a complete answer only', async () => {
    const events = [call('{"grain":', 'c1'), call('"rye"}')].map(({ raw }) => ({ data: raw }))
    const read = (fetch: typeof globalThis.fetch) =>
      collect(fetchEventStream(url, { ...once, fetch, protocol: openaiChat }))

    const { outcome } = await read(fetchGiving(...events, done))
    expect(outcome).toMatchObject({ answer: { toolCalls: [{ id: 'c1', input: { grain: 'rye' } }] } })
    const cut = await read(fetchGiving(...events))
    expect(cut.outcome.type).toBe('truncated')
    expect(cut.toolCalls).toEqual([{ key: 0, id: 'c1', name: 'grind', arguments: '{"grain":"rye"}' }])
  })

  test.each([
    ['', {}],
    ['{"half":', undefined],
  ])('gives arguments %j of a complete answer the input %j', async (text, input) => {
    const fetch = fetchGiving({ data: call(text, 'c1').raw }, done)
    const answer = await collect.orThrow(fetchEventStream(url, { ...once, fetch, protocol: openaiChat }))
    expect(answer.toolCalls[0]).toHaveProperty('input', input)
  })

  test('keeps texts and calls apart that arrive interleaved', async () => {
    const parts = [
      { type: 'text-delta', id: 'a', delta: 'One ' },
      { type: 'text-delta', id: 'b', delta: 'Two ' },
      { type: 'tool-input-start', toolCallId: 'x', toolName: 'turn' },
      { type: 'tool-input-start', toolCallId: 'y', toolName: 'turn' },
      { type: 'tool-input-delta', toolCallId: 'x', inputTextDelta: '[1' },
      { type: 'text-delta', id: 'a', delta: 'one. ' },
      { type: 'tool-input-delta', toolCallId: 'y', inputTextDelta: '[2' },
      { type: 'tool-input-delta', toolCallId: 'x', inputTextDelta: ']' },
      { type: 'text-delta', id: 'b', delta: 'two.' },
    ]
    const { text, toolCalls } = await collect(iterable(parts.map(eventOf)), { protocol: aiSdkUi })
    expect(text).toBe('One one. Two two.')
    expect(toolCalls.map((call) => call.arguments)).toEqual(['[1]', '[2'])
  })

  test('takes whole calls that have no ID for one each', async () => {
    const parts = [1, 2].map((n) => ({ functionCall: { name: 'turn', args: { n } } }))
    const { toolCalls } = await collect(iterable([eventOf({ candidates: [{ content: { parts } }] })]), {
      protocol: gemini,
    })
    expect(toolCalls.map((call) => call.arguments)).toEqual(['{"n":1}', '{"n":2}'])
    const more = await collect(iterable([eventOf({ candidates: [{ content: { parts } }] })]), {
      protocol: gemini,
      from: { toolCalls },
    })
    expect(more.toolCalls.map(({ key }) => key)).toEqual([0, 1, 2, 3])
  })

  test('takes a whole call for what its pieces were to say', async () => {
    const toolCallId = 'x'
    const parts = [
      { type: 'tool-input-start', toolCallId, toolName: 'turn' },
      { type: 'tool-input-delta', toolCallId, inputTextDelta: '{"n": 1' },
      { type: 'tool-input-available', toolCallId, toolName: 'turn', input: { n: 1 } },
    ]
    const { toolCalls } = await collect(iterable(parts.map(eventOf)), { protocol: aiSdkUi })
    expect(toolCalls).toEqual([{ key: 'x', id: 'x', name: 'turn', arguments: '{"n":1}' }])
  })

  test('keeps the usage that was told, where a later event has null for it', async () => {
    const start = eventOf({ message: { usage: { input_tokens: 31, output_tokens: 1 } } })
    const delta = eventOf({
      delta: { stop_reason: 'end_turn' },
      usage: { input_tokens: null, output_tokens: 9 },
    })
    const events = [
      { ...start, type: 'message_start' },
      { ...delta, type: 'message_delta' },
    ]
    const { usage, finishReason } = await collect(iterable(events), { protocol: anthropicMessages })
    expect(usage).toEqual({ input_tokens: 31, output_tokens: 9 })
    expect(finishReason).toBe('end_turn')
  })

  test('goes on from a partial answer that was saved as JSON', async () => {
    const first = await collect(iterable([chunk({ content: 'One ', reasoning: 'r' }), call('{"a":', 'c1')]), {
      protocol: openaiChat,
    })
    const { outcome: _, ...partial } = first
    const from: PartialAnswer<never> = JSON.parse(JSON.stringify(partial))
    const rest = [chunk({ content: 'two' }), call('1}')].map(({ raw }) => ({ data: raw }))
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving(...rest, done), protocol: openaiChat })

    expect(await collect.orThrow(stream, { from })).toMatchObject({
      text: 'One two',
      reasoning: 'r',
      toolCalls: [{ key: 0, id: 'c1', arguments: '{"a":1}', input: { a: 1 } }],
    })
  })

  test('begins anew where nothing was saved: JSON of null', async () => {
    const from: PartialAnswer | null = JSON.parse('null')
    const { text } = await collect(iterable([chunk({ content: 'One' })]), { protocol: openaiChat, from })

    expect(text).toBe('One')
  })

  test.each([
    ['20,000 tokens', chunk({ content: 'token ' })],
    ['260 KB of arguments', call('"0123456789",')],
  ])('takes time in proportion to %s', async (_, piece) => {
    const collected = (count: number) =>
      collect(iterable(Array.from({ length: count }, () => piece)), { protocol: openaiChat })
    expect(await growth(collected, 1000, 20, 3)).toBeLessThan(3)
  })
})

describe('collect.orThrow()', () => {
  test('rejects with the members of the stream’s own error, and what was received', async () => {
    const error = { data: '{"error":{"message":"no","type":"overloaded","code":503}}' }
    const fetch = fetchGiving({ data: chunk({ content: 'half' }).raw }, error)
    const stream = fetchEventStream(url, { ...once, fetch, protocol: openaiChat })
    const thrown: unknown = await collect.orThrow(stream).catch((reason: unknown) => reason)
    const own = (await stream.outcome).error

    expect(thrown).toBeInstanceOf(IncompleteAnswerError)
    expect(thrown).toBeInstanceOf(EventStreamError)
    expect(thrown).toMatchObject({
      code: 'server-error',
      status: 503,
      type: 'overloaded',
      message: own?.message,
      cause: own,
      partial: { text: 'half' },
      outcome: { type: 'server-error' },
    })
  })

  test('rejects for an answer that merely ended: nothing says that it is whole', async () => {
    const stream = fetchEventStream(url, { ...once, fetch: fetchGiving({ data: 'all?' }) })
    await expect(collect.orThrow(stream)).rejects.toMatchObject({
      code: 'truncated',
      partial: { text: 'all?' },
      message: expect.stringContaining('no `until` ended it'),
    })
  })

  test('rejects when the signal ends it, and says so', async () => {
    const stream = fetchEventStream(url, { ...once, signal: AbortSignal.abort(new RangeError('enough')) })
    await expect(collect.orThrow(stream)).rejects.toMatchObject({
      outcome: { type: 'aborted', by: 'signal' },
      message: expect.stringContaining('signal ended it'),
    })
  })
})

test('textOf() gives each piece of text once, of a stream or of any iterable', async () => {
  const pieces = []
  for await (const piece of textOf(
    iterable([chunk({ content: 'a', reasoning: 'no' }), chunk({ content: 'b' })]),
    {
      protocol: openaiChat,
    },
  )) {
    pieces.push(piece)
  }
  expect(pieces).toEqual(['a', 'b'])
})

test('textOf() gives nothing for an event that adds no text', async () => {
  const pieces: string[] = []
  const silent = [eventOf(1), eventOf(null), eventOf(''), eventOf(undefined)]
  for await (const piece of textOf(iterable([eventOf('a'), ...silent, eventOf('b')]))) pieces.push(piece)
  expect(pieces).toEqual(['a', 'b'])
})

test('textOf() can leave an iterable that has nothing to let go of', async () => {
  const endless = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: eventOf('a') }) }) }
  let left = ''
  for await (const piece of textOf(endless)) {
    left = piece
    break
  }
  expect(left).toBe('a')
})

test('textOf() left early closes the stream', async () => {
  const fetch = fetchGiving({ data: 'a' }, { data: 'b' })
  const stream = fetchEventStream(url, { ...once, fetch })
  for await (const piece of textOf(stream)) if (piece === 'a') break
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'consumer' })
})

test('collect() leaves out what is only claimed to be text, and is so deep that it has no JSON', async () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  const stream = fetchEventStream(url, {
    ...once,
    protocol: openaiChat,
    fetch: fetchGiving(
      { data: '{"choices":[{"delta":{"content":"be"}}]}' },
      { data: `{"choices":[{"delta":{"content":${deep(100_000)}}}]}` },
      { data: '{"choices":[{"delta":{"content":"fore"}}]}' },
      done,
    ),
  })

  expect(await collect(stream)).toMatchObject({ text: 'before', outcome: { type: 'complete' } })
})

test('collect() takes the JSON of what is only claimed to be text, and never rejects', async () => {
  const odd = { toString: null, valueOf: null }
  const stream = fetchEventStream(url, {
    ...once,
    protocol: openaiChat,
    fetch: fetchGiving(
      ...[
        { content: odd },
        { refusal: odd },
        { tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      ].map((delta) => ({ data: JSON.stringify({ choices: [{ delta }] }) })),
      done,
    ),
  })

  const { outcome, text, refusal } = await collect(stream)
  expect({ text, refusal }).toEqual({ text: JSON.stringify(odd), refusal: JSON.stringify(odd) })
  expect(outcome).toMatchObject({ type: 'complete', answer: { toolCalls: [{ input: { a: 1 } }] } })
})
