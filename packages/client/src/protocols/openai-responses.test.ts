import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { recorded } from '../../test/support/recorded.ts'
import { typed, unnamed } from '../../test/support/typed-event.ts'
import { collect, fetchEventStream, type PartialAnswer } from '@millrace/client'
import { openaiResponses } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

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

test('openaiResponses takes the arguments of a call that come only as a whole', async () => {
  await using server = await play(
    scenario([
      typed('response.output_item.added', {
        output_index: 0,
        item: { type: 'function_call', call_id: 'c', name: 'grind', arguments: '' },
      }),
      typed('response.function_call_arguments.done', { output_index: 0, arguments: '{"kg":1}' }),
      typed('response.completed', { response: { id: 'r', status: 'completed' } }),
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiResponses, json: {}, retry }),
  )

  expect(toolCalls).toEqual([{ key: 0, id: 'c', name: 'grind', arguments: '{"kg":1}', input: { kg: 1 } }])
})

test('openaiResponses goes by the type in the data where no line names the event', async () => {
  const steps = unnamed(
    typed('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'flour' }),
    typed('response.completed', { response: { id: 'r', status: 'completed' } }),
  )
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
    scenario([typed('response.completed', { response: { id: 'r', status: 'completed', output } })]),
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
      typed('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'our' }),
      typed('response.completed', { response: { id: 'r', status: 'completed', output } }),
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
      typed('response.output_item.added', { output_index: 0, item: { ...item, input: '' } }),
      typed('response.custom_tool_call_input.delta', { output_index: 0, delta: 'echo' }),
      typed('response.custom_tool_call_input.delta', { output_index: 0, delta: ' hi' }),
      typed('response.output_item.added', { output_index: 1, item: { ...item, call_id: 'd' } }),
      typed('response.custom_tool_call_input.done', { output_index: 1, input: 'ls' }),
      typed('response.completed', { response: { id: 'r', status: 'completed', output: [] } }),
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
      typed('response.output_item.added', { output_index: 0, item: item('a') }),
      typed('response.output_item.done', { output_index: 1, item: item('b') }),
      typed('response.completed', { response: { id: 'r', status: 'completed' } }),
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
  await using server = await play(scenario([typed('error', error)]))
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
        steps: [typed('response.created', { sequence_number: 0, ...response('queued') }), { type: 'end' }],
      },
      {
        steps: [
          typed('response.cancelled', { sequence_number: 1, ...response('cancelled') }),
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
    error: { type: 'cancelled', message: expect.stringContaining('the response was cancelled') },
  })
})

const collected = (...events: readonly { event: string; data: string }[]) =>
  collect(
    fetchEventStream('http://stream.test/', {
      protocol: openaiResponses,
      json: {},
      retry,
      fetch: fetchGiving(...events),
    }),
  )

test('openaiResponses has the pieces of a cut answer, each text and each reasoning in its place', async () => {
  const text = (output_index: number, content_index: number, delta: string) =>
    typed('response.output_text.delta', { output_index, content_index, delta })
  const reasoning = (kind: string, output_index: number, delta: string) =>
    typed(`response.${kind}.delta`, { output_index, content_index: 0, delta })
  const answer = await collected(
    reasoning('reasoning_text', 0, 'H'),
    reasoning('reasoning_summary_text', 1, 'So'),
    reasoning('reasoning_text', 0, 'm. '),
    text(2, 0, 'fl'),
    text(2, 1, ' and br'),
    text(2, 0, 'our'),
    text(2, 1, 'an'),
  )
  expect(answer).toMatchObject({
    text: 'flour and bran',
    reasoning: 'Hm. So',
    outcome: { type: 'truncated' },
  })
})

test('openaiResponses has the arguments of a cut call so far, once, and no call that the service carries out', async () => {
  const added = (output_index: number, type: string, more: object) =>
    typed('response.output_item.added', { output_index, item: { type, name: 'grind', ...more } })
  const { toolCalls } = await collected(
    added(0, 'function_call', { call_id: 'a', arguments: '' }),
    typed('response.function_call_arguments.delta', { output_index: 0, delta: '{"kg"' }),
    typed('response.function_call_arguments.delta', { output_index: 0, delta: ':1}' }),
    typed('response.output_item.done', {
      output_index: 0,
      item: { type: 'function_call', call_id: 'a', name: 'grind', arguments: '{"kg":1}' },
    }),
    added(1, 'mcp_call', { arguments: '{}' }),
    added(2, 'function_call', { call_id: 'b', arguments: '' }),
    typed('response.function_call_arguments.delta', { output_index: 2, delta: '{"kg' }),
  )
  expect(toolCalls.map((call) => [call.id, call.arguments])).toEqual([
    ['a', '{"kg":1}'],
    ['b', '{"kg'],
  ])
})

test('openaiResponses is complete with an answer that reached its limit, and tells that, its usage and its text', async () => {
  const output = [
    { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm' }] },
    { type: 'message', content: [{ type: 'output_text', text: 'flo' }] },
  ]
  const response = {
    id: 'r',
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
    usage: { total_tokens: 3 },
    output,
  }
  expect(await collected(typed('response.incomplete', { response }))).toMatchObject({
    text: 'flo',
    reasoning: 'Hm',
    finishReason: 'max_output_tokens',
    usage: { total_tokens: 3 },
    outcome: { type: 'complete' },
  })
})
