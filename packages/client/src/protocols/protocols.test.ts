import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream, type PartialAnswer } from '@millrace/client'
import {
  aiSdkUi,
  anthropicMessages,
  gemini,
  mcp,
  mercure,
  openaiResponses,
  openRouter,
} from '@millrace/client/protocols'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

/** An event whose data names its type, too. */
const event = (type: string, data: object = {}) =>
  ({ type: 'event', event: type, data: JSON.stringify({ type, ...data }) }) as const

/** The arguments of each call, parsed. */
const callsOf = ({ toolCalls }: PartialAnswer) =>
  toolCalls.map(({ id, name, arguments: text }) => ({ id, name, arguments: JSON.parse(text) as unknown }))

test('openaiResponses gathers text and calls, and takes the usage of the event that ends the answer', async () => {
  await using server = await play(recorded('openai-responses.sse'))
  const stream = fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry })
  const { outcome, ...partial } = await collect(stream)
  const { aggregate } = files['openai-responses.sse']

  expect(outcome.type).toBe('complete')
  expect(partial.text).toBe(aggregate.text)
  expect(callsOf(partial)).toEqual(aggregate.tool_calls)
  expect(partial.usage?.total_tokens).toBe(aggregate['usage.total_tokens'])
  expect(partial.finishReason).toBe('completed')
  expect(stream.cursor.mark).toEqual({ response: 'resp_mr02', after: aggregate.last_sequence_number })
})

test('anthropicMessages keeps the partial answer of an error inside a 200, and takes no ping for content', async () => {
  await using server = await play(recorded('anthropic-messages-overloaded.sse'))
  const stream = fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry })
  const { outcome, text, toolCalls, usage } = await collect(stream)
  const { aggregate } = files['anthropic-messages-overloaded.sse']

  expect(text).toBe(aggregate.text)
  expect(toolCalls).toEqual([
    { key: 1, id: 'toolu_c3', name: 'weigh', arguments: aggregate.partial_tool_json },
  ])
  expect(usage?.input_tokens).toBe(31)
  expect(outcome).toMatchObject({
    type: 'server-error',
    events: 8,
    skipped: 2,
    error: { type: aggregate['error.type'], status: 529 },
  })
})

test('anthropicMessages keeps what a block begins with, and takes usage that is null for none', async () => {
  const block = (index: number, content_block: object) =>
    event('content_block_start', { index, content_block })
  const delta = (index: number, delta: object) => event('content_block_delta', { index, delta })
  await using server = await play(
    scenario([
      event('message_start', {
        message: { id: 'm', model: 'x', usage: { input_tokens: 3, output_tokens: 1 } },
      }),
      block(0, { type: 'thinking', thinking: 'Hm' }),
      delta(0, { type: 'thinking_delta', thinking: '…' }),
      block(1, { type: 'text', text: 'Hel' }),
      delta(1, { type: 'text_delta', text: 'lo' }),
      block(2, { type: 'tool_use', id: 'a', name: 'grind', input: { kg: 1 } }),
      block(3, { type: 'tool_use', id: 'b', name: 'grind', input: {} }),
      delta(3, { type: 'input_json_delta', partial_json: '{"kg":2}' }),
      event('message_delta', { delta: { stop_reason: 'tool_use' }, usage: null }),
      event('message_stop'),
    ]),
  )
  const answer = await collect.orThrow(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(answer).toMatchObject({ text: 'Hello', reasoning: 'Hm…', usage: { input_tokens: 3 } })
  expect(answer.toolCalls.map(({ id, input }) => ({ id, input }))).toEqual([
    { id: 'a', input: { kg: 1 } },
    { id: 'b', input: { kg: 2 } },
  ])
})

test('openaiResponses takes the arguments of a call that come only as a whole', async () => {
  await using server = await play(
    scenario([
      event('response.output_item.added', {
        output_index: 0,
        item: { type: 'function_call', call_id: 'c', name: 'grind', arguments: '' },
      }),
      event('response.function_call_arguments.done', { output_index: 0, arguments: '{"kg":1}' }),
      event('response.completed', { response: { id: 'r', status: 'completed' } }),
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(toolCalls).toEqual([{ key: 0, id: 'c', name: 'grind', arguments: '{"kg":1}', input: { kg: 1 } }])
})

test('openaiResponses goes by the type in the data where no line names the event', async () => {
  const steps = [
    event('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'flour' }),
    event('response.completed', { response: { id: 'r', status: 'completed' } }),
  ].map(({ type, data }) => ({ type, data }))
  await using server = await play(scenario([...steps, { type: 'hang' }]))
  const { text } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(text).toBe('flour')
})

test('openaiResponses takes the whole answer from the event that ends it, where no pieces came', async () => {
  const output = [
    { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
    {
      type: 'message',
      content: [
        { type: 'output_text', text: 'flo' },
        { type: 'output_text', text: 'ur' },
        { type: 'refusal', refusal: 'no bread' },
      ],
    },
    { type: 'function_call', call_id: 'c', name: 'grind', arguments: '{"kg":1}' },
    { type: 'web_search_call', id: 'w' },
  ]
  await using server = await play(
    scenario([event('response.completed', { response: { id: 'r', status: 'completed', output } })]),
  )
  const answer = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(answer).toMatchObject({ text: 'flour', reasoning: 'Hm', refusal: 'no bread' })
  expect(answer.toolCalls).toEqual([
    { key: 2, id: 'c', name: 'grind', arguments: '{"kg":1}', input: { kg: 1 } },
  ])
})

test('openaiResponses says once what came in pieces, after a resume, and as a whole', async () => {
  const output = [{ type: 'message', content: [{ type: 'output_text', text: 'flour' }] }]
  await using server = await play(
    scenario([
      event('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'our' }),
      event('response.completed', { response: { id: 'r', status: 'completed', output } }),
    ]),
  )
  const stream = fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry })
  const { text, reasoning } = await collect(stream, { from: { text: 'fl', reasoning: 'Hm' } })

  expect({ text, reasoning }).toEqual({ text: 'flour', reasoning: 'Hm' })
})

test('openaiResponses gathers the call of a custom tool, whose input is text', async () => {
  const item = { type: 'custom_tool_call', call_id: 'c', name: 'shell' }
  await using server = await play(
    scenario([
      event('response.output_item.added', { output_index: 0, item: { ...item, input: '' } }),
      event('response.custom_tool_call_input.delta', { output_index: 0, delta: 'echo' }),
      event('response.custom_tool_call_input.delta', { output_index: 0, delta: ' hi' }),
      event('response.output_item.added', { output_index: 1, item: { ...item, call_id: 'd' } }),
      event('response.custom_tool_call_input.done', { output_index: 1, input: 'ls' }),
      event('response.completed', { response: { id: 'r', status: 'completed', output: [] } }),
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(toolCalls.map((call) => [call.id, call.name, call.arguments])).toEqual([
    ['c', 'shell', 'echo hi'],
    ['d', 'shell', 'ls'],
  ])
})

test('openaiResponses takes a call from the item that begins or ends it', async () => {
  const item = (id: string) => ({
    type: 'function_call',
    call_id: id,
    name: 'grind',
    arguments: `{"id":"${id}"}`,
  })
  await using server = await play(
    scenario([
      event('response.output_item.added', { output_index: 0, item: item('a') }),
      event('response.output_item.done', { output_index: 1, item: item('b') }),
      event('response.completed', { response: { id: 'r', status: 'completed' } }),
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(toolCalls.map(({ id, input }) => [id, input])).toEqual([
    ['a', { id: 'a' }],
    ['b', { id: 'b' }],
  ])
})

test('openaiResponses tells the code of an error, not the type of the event that brings it', async () => {
  const error = { code: 'server_error', message: 'The mill stands', param: null, sequence_number: 1 }
  await using server = await play(scenario([event('error', error)]))
  const { outcome } = await collect(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(outcome).toMatchObject({ type: 'server-error', error: { type: 'server_error' } })
})

test('openaiResponses asks no more for an answer that was cancelled meanwhile', async () => {
  const response = (status: string) => ({ response: { id: 'r', status } })
  await using server = await play({
    replies: [
      {
        on: { method: 'POST' },
        steps: [event('response.created', { sequence_number: 0, ...response('queued') }), { type: 'end' }],
      },
      {
        steps: [
          event('response.cancelled', { sequence_number: 1, ...response('cancelled') }),
          { type: 'end' },
        ],
      },
    ],
  })
  const stream = fetchEventStream(server.url, {
    protocol: openaiResponses,
    json: { background: true },
    ...skipping().options,
  })

  expect(await stream.done()).toMatchObject({
    type: 'server-error',
    attempts: 2,
    error: { type: 'cancelled' },
  })
})

test('anthropicMessages takes no block for what it is not: tools that the service runs, and blocks it does not know', async () => {
  const begin = (index: number, type: string, more: object) =>
    event('content_block_start', { index, content_block: { type, ...more } })
  const input = (index: number) =>
    event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: '{"q":1}' } })
  await using server = await play(
    scenario([
      event('message_start', { message: { id: 'm', model: 'x' } }),
      begin(0, 'server_tool_use', { id: 'srvtoolu_1', name: 'web_search', input: {} }),
      input(0),
      begin(1, 'mcp_tool_use', { id: 'mcptoolu_1', name: 'echo', server_name: 's', input: {} }),
      input(1),
      begin(2, 'of_next_month', { text: 'no text', name: 'no call', input: {} }),
      event('content_block_delta', { index: 2, delta: { type: 'of_next_month_delta', text: 'no text' } }),
      begin(3, 'tool_use', { id: 'toolu_1', name: 'grind', input: {} }),
      input(3),
      event('message_stop'),
    ]),
  )
  const { text, toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(text).toBe('')
  expect(toolCalls.map(({ id }) => id)).toEqual(['toolu_1'])
})

test('anthropicMessages takes an error that says nothing more for an error', async () => {
  await using server = await play(scenario([event('error'), { type: 'end' }]))
  const { outcome } = await collect(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(outcome.type).toBe('server-error')
})

/** Events as a proxy leaves them that takes the lines with their names away. */
const unnamed = (...events: readonly ReturnType<typeof event>[]) =>
  events.map(({ type, data }) => ({ type, data }))

test('anthropicMessages goes by the type in the data where no line names the event', async () => {
  const delta = (text: string) =>
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
  const steps = unnamed(
    event('message_start', {
      message: { id: 'm', model: 'x', usage: { input_tokens: 3, output_tokens: 1 } },
    }),
    delta('flour'),
    event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }),
    event('message_stop'),
  )
  await using server = await play(scenario([...steps, { type: 'hang' }]))
  const answer = await collect.orThrow(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(answer).toMatchObject({
    text: 'flour',
    finishReason: 'end_turn',
    usage: { input_tokens: 3, output_tokens: 2 },
  })
})

test('anthropicMessages finds an error by the type in the data, too', async () => {
  const error = { type: 'overloaded_error', message: 'Overloaded' }
  await using server = await play(scenario([...unnamed(event('error', { error })), { type: 'end' }]))
  const { outcome } = await collect(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(outcome).toMatchObject({ type: 'server-error', error: { type: 'overloaded_error', status: 529 } })
})

test.each([
  ['anthropicMessages', anthropicMessages, 'message_stop'],
  ['gemini', gemini, 'a finish reason'],
  ['openaiResponses', openaiResponses, 'response.completed'],
  ['mcp', mcp, 'the response to the request'],
] as const)('the error of a cut answer in %s says what did not come', async (_, protocol, what) => {
  await using server = await play(scenario([{ type: 'comment', text: '' }, { type: 'end' }]))
  const { error } = await fetchEventStream(server.url, { protocol, json: {}, retry }).done()

  expect(error?.message).toBe(`The answer is not complete: the body ended before ${what}`)
})

test('gemini keeps calls with an empty ID apart, and leaves one whose arguments are streamed without input', async () => {
  const call = (functionCall: object) => ({ functionCall })
  const parts = [
    call({ id: '', name: 'turn', args: { n: 1 } }),
    call({ id: '', name: 'turn', args: { n: 2 } }),
    call({ name: 'grind', willContinue: true }),
    call({ partialArgs: [{ jsonPath: '$.kg', numberValue: 1 }] }),
  ]
  const data = JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })
  await using server = await play(scenario([{ type: 'event', data }, { type: 'end' }]))
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: gemini, json: {}, retry }),
  )

  expect(toolCalls.map(({ name, input }) => [name, input])).toEqual([
    ['turn', { n: 1 }],
    ['turn', { n: 2 }],
    ['grind', undefined],
  ])
})

test('aiSdkUi takes a text for another one than the reasoning of the same ID, in a step before', async () => {
  const part = (type: string, id: string, delta: string) =>
    ({ type: 'event', data: JSON.stringify({ type, id, delta }) }) as const
  await using server = await play(
    scenario([
      part('reasoning-delta', '0', 'Hm'),
      part('text-delta', '1', 'Let me look. '),
      part('text-delta', '0', 'Flour.'),
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const { text, reasoning } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )

  expect([text, reasoning]).toEqual(['Let me look. Flour.', 'Hm'])
})

test('aiSdkUi leaves to the app only the calls that nobody else carries out, has refused, or is asked about', async () => {
  const part = (type: string, toolCallId: string, more: object = {}) =>
    ({ type: 'event', data: JSON.stringify({ type, toolCallId, ...more }) }) as const
  const input = (id: string, more?: object) =>
    part('tool-input-available', id, { toolName: 'grind', input: { kg: 1 }, ...more })
  await using server = await play(
    scenario([
      part('tool-input-start', 'at the provider', { toolName: 'search', providerExecuted: true }),
      input('at the provider', { toolName: 'search', providerExecuted: true }),
      ...['done', 'failed', 'denied', 'asked', 'for the app'].map((id) => input(id)),
      part('tool-output-available', 'done', { output: 'flour' }),
      part('tool-output-error', 'failed', { errorText: 'no grain' }),
      part('tool-output-denied', 'denied'),
      part('tool-approval-request', 'asked', { approvalId: 'a' }),
      part('tool-input-start', 'invalid', { toolName: 'grind' }),
      part('tool-input-delta', 'invalid', { inputTextDelta: '{"kg":"much"}' }),
      part('tool-input-error', 'invalid', {
        toolName: 'grind',
        input: { kg: 'much' },
        errorText: 'no number',
      }),
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )

  expect(toolCalls.map(({ id, input }) => [id, input])).toEqual([['for the app', { kg: 1 }]])
})

test('gemini is complete with a finish reason, and reads on to the end of the body', async () => {
  await using server = await play(recorded('gemini-generate-content.sse'))
  const { outcome, text, usage, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: gemini, json: {}, retry }),
  )
  const { aggregate } = files['gemini-generate-content.sse']

  expect(outcome.type).toBe('complete')
  expect(text).toBe(aggregate.text)
  expect(usage?.totalTokenCount).toBe(aggregate['usage.totalTokenCount'])
  expect(finishReason).toBe('STOP')
})

test('aiSdkUi joins interleaved parts by their IDs', async () => {
  await using server = await play(recorded('ai-sdk-ui-message-stream.sse'))
  const { outcome, text, reasoning, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )
  const { aggregate } = files['ai-sdk-ui-message-stream.sse']

  if (outcome.type !== 'complete') throw new TypeError(`The outcome is ${outcome.type}`)
  expect(text).toBe(aggregate.text)
  expect(reasoning).toBe('think')
  expect(finishReason).toBe('stop')
  // The server has carried out its one call.
  expect(outcome.answer.toolCalls).toEqual([])
})

test('openRouter takes no comment for an event, and gathers reasoning beside the text', async () => {
  await using server = await play(recorded('openrouter-chat-completions.sse'))
  const { outcome, text, reasoning, usage, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: openRouter, json: {}, retry }),
  )
  const { aggregate } = files['openrouter-chat-completions.sse']

  expect({ text, reasoning, finish_reason: finishReason, 'usage.total_tokens': usage?.total_tokens }).toEqual(
    aggregate,
  )
  expect(outcome).toMatchObject({ type: 'complete', events: 6 })
})

test('openRouter takes the chunk of a failed provider for the error that it is, although [DONE] follows', async () => {
  await using server = await play(recorded('openrouter-provider-error.sse'))
  const { outcome, text } = await collect(
    fetchEventStream(server.url, { protocol: openRouter, json: {}, retry }),
  )
  const { aggregate } = files['openrouter-provider-error.sse']

  expect(text).toBe(aggregate.text)
  expect(outcome).toMatchObject({ type: 'server-error', error: { status: aggregate['error.status'] } })
})

test('mcp goes on by GET after the leg that the server ended, and is complete with the response', async () => {
  const [first] = recorded('mcp-streamable-http-leg1.sse').replies
  const [second] = recorded('mcp-streamable-http-leg2.sse').replies
  await using server = await play({
    replies: [
      { on: { method: 'POST' }, steps: first?.steps ?? [] },
      { on: { method: 'GET' }, steps: second?.steps ?? [] },
    ],
  })
  const json = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'grind' } }
  const stream = fetchEventStream(server.url, { protocol: mcp, json, ...skipping().options })
  const kinds: string[] = []
  for await (const { data } of stream) kinds.push('result' in data ? 'response' : 'notification')

  expect(kinds).toEqual(['notification', 'notification', 'response'])
  expect(await stream.outcome).toMatchObject({ type: 'complete', attempts: 2, lastEventId: 'st7_3' })
  const requests = await server.requests(2)
  expect(
    requests.map(({ method, headers }) => [method, headers['accept'], headers['last-event-id']]),
  ).toEqual([
    ['POST', 'application/json, text/event-stream', undefined],
    ['GET', 'application/json, text/event-stream', 'st7_1'],
  ])
})

test('mcp takes a reply of JSON as the one event of its stream', async () => {
  await using server = await play({
    replies: [
      {
        steps: [
          { type: 'headers', headers: { 'content-type': 'application/json; charset=utf-8' } },
          {
            type: 'text',
            text: '{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"flour"}]}}',
          },
          { type: 'end' },
        ],
      },
    ],
  })
  const stream = fetchEventStream(server.url, { protocol: mcp, json: { jsonrpc: '2.0', id: 7, method: 'm' } })

  expect(await collect(stream)).toMatchObject({ text: 'flour', outcome: { type: 'complete', events: 1 } })
})

test('mcp is complete with a 202, which has no body', async () => {
  await using server = await play({
    replies: [{ steps: [{ type: 'status', status: 202 }, { type: 'end' }] }],
  })
  const stream = fetchEventStream(server.url, { protocol: mcp, json: { jsonrpc: '2.0', method: 'n' } })

  expect(await stream.done()).toMatchObject({ type: 'complete', events: 0 })
})

test('mcp does not go on with a cut stream of version 2026-07-28: there closing is cancelling', async () => {
  await using server = await play(recorded('mcp-streamable-http-leg1.sse'))
  const stream = fetchEventStream(server.url, {
    protocol: mcp,
    headers: { 'mcp-protocol-version': '2026-07-28' },
    json: { jsonrpc: '2.0', id: 1, method: 'tools/call' },
    ...skipping().options,
  })

  expect(await stream.done()).toMatchObject({ type: 'truncated', events: 1 })
  expect(await server.requests(1)).toHaveLength(1)
})

test('mercure joins lines of data, parses JSON and leaves text as it is', async () => {
  await using server = await play(recorded('mercure-updates.sse'))
  const stream = fetchEventStream(server.url, { protocol: mercure })
  const updates: [string, unknown][] = []
  for await (const { type, data } of stream) {
    updates.push([type, data])
    if (updates.length === 3) break
  }

  expect(updates).toEqual([
    ['mill-state', { '@id': 'https://mill.example/wheels/1', rpm: 11, läuft: true }],
    ['message', 'plain text: the sluice is open'],
    ['mill-state', 'first line\n\nthird line 水'],
  ])
  expect(stream.lastEventId).toBe(files['mercure-updates.sse'].aggregate.last_id)
})
