import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream, textOf } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'

const chunk = (delta: object) => ({ type: 'event', data: JSON.stringify({ choices: [{ delta }] }) }) as const

test('openaiChat types the chunks, ends at [DONE], and collect() gathers the answer', async () => {
  await using server = await play(recorded('openai-chat-completions.sse'))
  const stream = fetchEventStream(server.url, { protocol: openaiChat, json: { stream: true } })
  const { outcome, ...partial } = await collect(stream)

  expect(partial).toEqual({
    text: 'Mühle 水车 🌊\nline "two"',
    reasoning: '',
    refusal: '',
    toolCalls: [{ key: 0, id: 'call_a1', name: 'grind', arguments: '{"grain":"rye","kg":12}' }],
    usage: expect.objectContaining({ total_tokens: 34 }),
    finishReason: 'tool_calls',
  })
  if (outcome.type !== 'complete') throw new TypeError(`The outcome is ${outcome.type}`)
  expect(outcome.answer.toolCalls[0]?.input).toEqual({ grain: 'rye', kg: 12 })
  expect(outcome.answer.usage?.total_tokens).toBe(34)
  expect(outcome.events).toBe(11)
})

test('collect() gives the part of a cut answer that came, and does not call it complete', async () => {
  await using server = await play(recorded('truncated-chat-completions.sse'))
  const { outcome, text } = await collect(fetchEventStream(server.url, { protocol: openaiChat, json: {} }))

  expect(text).toBe('The answer is ')
  expect(outcome).toMatchObject({ type: 'truncated', events: 3 })
  expect(outcome).not.toHaveProperty('answer')
})

test('collect.orThrow() rejects with the partial answer and the code of what went wrong', async () => {
  await using server = await play(recorded('truncated-chat-completions.sse'))
  const stream = fetchEventStream(server.url, { protocol: openaiChat, json: {} })

  await expect(collect.orThrow(stream)).rejects.toMatchObject({
    name: 'EventStreamError',
    code: 'truncated',
    partial: { text: 'The answer is ' },
    outcome: { type: 'truncated' },
  })
})

test('openaiChat takes null for nothing wherever a service sends it', async () => {
  const last = { choices: [{ index: 0, delta: null, finish_reason: 'stop' }], usage: null }
  await using server = await play(
    scenario([
      chunk({ content: 'a', refusal: null, reasoning: null, tool_calls: null }),
      { type: 'event', data: JSON.stringify(last) },
      { type: 'event', data: JSON.stringify({ choices: null, error: null }) },
      { type: 'event', data: '[DONE]' },
      { type: 'end' },
    ]),
  )
  const stream = fetchEventStream(server.url, { protocol: openaiChat, json: {} })

  expect(await collect.orThrow(stream)).toEqual({
    text: 'a',
    reasoning: '',
    refusal: '',
    toolCalls: [],
    usage: null,
    finishReason: 'stop',
  })
})

test.each([
  ['null', null],
  ['false', false],
  ['an empty text', ''],
  ['0', 0],
])('openaiChat takes an error that is %s for none', async (_, error) => {
  const data = JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' } }], error })
  await using server = await play(
    scenario([{ type: 'event', data }, { type: 'event', data: '[DONE]' }, { type: 'end' }]),
  )
  const stream = fetchEventStream(server.url, { protocol: openaiChat, json: {} })

  expect((await collect.orThrow(stream)).text).toBe('a')
})

test('openaiChat takes calls without an index for whole ones', async () => {
  const call = (id: string) => ({ id, function: { name: 'grind', arguments: '{}' } })
  await using server = await play(
    scenario([
      chunk({ tool_calls: [call('a'), call('b')] }),
      { type: 'event', data: '[DONE]' },
      { type: 'end' },
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: openaiChat, json: {} }),
  )

  expect(toolCalls.map(({ id, input }) => ({ id, input }))).toEqual([
    { id: 'a', input: {} },
    { id: 'b', input: {} },
  ])
})

test('openaiChat takes an event without data for nothing', async () => {
  await using server = await play(
    scenario([
      { type: 'event', event: 'ping', data: '' },
      chunk({ content: 'a' }),
      { type: 'event', data: 'null' },
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const { text } = await collect.orThrow(fetchEventStream(server.url, { protocol: openaiChat, json: {} }))

  expect(text).toBe('a')
})

test('openaiChat takes the reasoning from whichever member has it', async () => {
  await using server = await play(
    scenario([
      chunk({ reasoning_content: '', reasoning: 'Hm' }),
      chunk({ reasoning_content: '…', reasoning: '' }),
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const stream = fetchEventStream(server.url, { protocol: openaiChat, json: {} })

  expect((await collect.orThrow(stream)).reasoning).toBe('Hm…')
})

test('textOf() gives the pieces of text, then throws what iteration throws', async () => {
  await using server = await play(recorded('truncated-chat-completions.sse'))
  const pieces: string[] = []
  const reading = (async () => {
    const stream = fetchEventStream(server.url, { protocol: openaiChat, json: {} })
    for await (const piece of textOf(stream)) pieces.push(piece)
  })()

  await expect(reading).rejects.toMatchObject({ code: 'truncated' })
  expect(pieces).toEqual(['The ', 'answer ', 'is '])
})

test('openaiChat reads an error inside the stream as the error of the server, with what came before', async () => {
  const error = { message: 'The server had an error', type: 'server_error', code: null }
  await using server = await play(
    scenario([
      chunk({ content: 'Half' }),
      { type: 'event', data: JSON.stringify({ error }) },
      { type: 'end' },
    ]),
  )
  const { outcome, text } = await collect(fetchEventStream(server.url, { protocol: openaiChat, json: {} }))

  expect(text).toBe('Half')
  expect(outcome).toMatchObject({
    type: 'server-error',
    error: { code: 'server-error', type: 'server_error', message: expect.stringContaining('had an error') },
  })
})

test('an explicit until wins over the one of the protocol', async () => {
  await using server = await play(
    scenario([chunk({ content: 'One' }), chunk({ content: ' two' }), { type: 'hang' }]),
  )
  const stream = fetchEventStream(server.url, {
    protocol: openaiChat,
    json: {},
    until: ({ data }) => data.choices?.[0]?.delta?.content === ' two',
  })

  const { outcome, text } = await collect(stream)
  expect([outcome.type, text]).toEqual(['complete', 'One two'])
})
