import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { typed, unnamed } from '../../test/support/typed-event.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { anthropicMessages } from '@millrace/client/protocols'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

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
    typed('content_block_start', { index, content_block })
  const delta = (index: number, delta: object) => typed('content_block_delta', { index, delta })
  await using server = await play(
    scenario([
      typed('message_start', {
        message: { id: 'm', model: 'x', usage: { input_tokens: 3, output_tokens: 1 } },
      }),
      block(0, { type: 'thinking', thinking: 'Hm' }),
      delta(0, { type: 'thinking_delta', thinking: '…' }),
      block(1, { type: 'text', text: 'Hel' }),
      delta(1, { type: 'text_delta', text: 'lo' }),
      block(2, { type: 'tool_use', id: 'a', name: 'grind', input: { kg: 1 } }),
      block(3, { type: 'tool_use', id: 'b', name: 'grind', input: {} }),
      delta(3, { type: 'input_json_delta', partial_json: '{"kg":2}' }),
      typed('message_delta', { delta: { stop_reason: 'tool_use' }, usage: null }),
      typed('message_stop'),
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

test('anthropicMessages takes the blocks and the reason that a message begins with', async () => {
  // What Anthropic sends for a call that its code execution makes: no block of its own, no message_delta.
  const content = [
    { type: 'thinking', thinking: 'Hm' },
    { type: 'text', text: 'Look: ' },
    { type: 'code_execution_tool_result', tool_use_id: 's', content: { type: 'code_execution_result' } },
    {
      type: 'tool_use',
      id: 'a',
      name: 'grind',
      input: { kg: 1 },
      caller: { type: 'code_execution_20250825' },
    },
  ]
  const message = { id: 'm', model: 'x', content, stop_reason: 'tool_use', usage: { input_tokens: 3 } }
  await using server = await play(scenario([typed('message_start', { message }), typed('message_stop')]))
  const stream = fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry })

  expect(await collect.orThrow(stream)).toEqual({
    text: 'Look: ',
    reasoning: 'Hm',
    refusal: '',
    toolCalls: [{ key: 3, id: 'a', name: 'grind', arguments: '{"kg":1}', input: { kg: 1 } }],
    usage: { input_tokens: 3 },
    finishReason: 'tool_use',
  })
})

test('anthropicMessages takes no block for what it is not: tools that the service runs, and blocks it does not know', async () => {
  const begin = (index: number, type: string, more: object) =>
    typed('content_block_start', { index, content_block: { type, ...more } })
  const input = (index: number) =>
    typed('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: '{"q":1}' } })
  await using server = await play(
    scenario([
      typed('message_start', { message: { id: 'm', model: 'x' } }),
      begin(0, 'server_tool_use', { id: 'srvtoolu_1', name: 'web_search', input: {} }),
      input(0),
      begin(1, 'mcp_tool_use', { id: 'mcptoolu_1', name: 'echo', server_name: 's', input: {} }),
      input(1),
      begin(2, 'of_next_month', { text: 'no text', name: 'no call', input: {} }),
      typed('content_block_delta', { index: 2, delta: { type: 'of_next_month_delta', text: 'no text' } }),
      begin(3, 'tool_use', { id: 'toolu_1', name: 'grind', input: {} }),
      input(3),
      typed('message_stop'),
    ]),
  )
  const { text, toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(text).toBe('')
  expect(toolCalls.map(({ id }) => id)).toEqual(['toolu_1'])
})

test('anthropicMessages takes an error that says nothing more for an error', async () => {
  await using server = await play(scenario([typed('error'), { type: 'end' }]))
  const { outcome } = await collect(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(outcome.type).toBe('server-error')
})

test('anthropicMessages goes by the type in the data where no line names the event', async () => {
  const delta = (text: string) =>
    typed('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
  const steps = unnamed(
    typed('message_start', {
      message: { id: 'm', model: 'x', usage: { input_tokens: 3, output_tokens: 1 } },
    }),
    delta('flour'),
    typed('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }),
    typed('message_stop'),
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
  await using server = await play(scenario([...unnamed(typed('error', { error })), { type: 'end' }]))
  const { outcome } = await collect(
    fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry }),
  )

  expect(outcome).toMatchObject({ type: 'server-error', error: { type: 'overloaded_error', status: 529 } })
})

test('anthropicMessages goes by the line where the data has no type', async () => {
  const delta = { index: 0, delta: { type: 'text_delta', text: 'flour' } }
  await using server = await play(
    scenario([
      { type: 'event', event: 'content_block_delta', data: JSON.stringify(delta) },
      { type: 'event', event: 'message_stop', data: '{}' },
      { type: 'hang' },
    ]),
  )
  const stream = fetchEventStream(server.url, { protocol: anthropicMessages, json: {}, retry })

  expect((await collect.orThrow(stream)).text).toBe('flour')
})
