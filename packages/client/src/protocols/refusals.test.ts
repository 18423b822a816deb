import { expect, test } from 'vitest'
import { collect, fetchEventStream, type Protocol } from '@millrace/client'
import { aiSdkUi, anthropicMessages, openaiChat, openaiResponses } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'

const collected = (protocol: Protocol, events: readonly object[], end: readonly { data: string }[] = []) => {
  const all = events.map((data) => ({
    event: String(Reflect.get(data, 'type') ?? ''),
    data: JSON.stringify(data),
  }))
  return collect(
    fetchEventStream('http://stream.test/', {
      protocol,
      json: {},
      retry: false,
      fetch: fetchGiving(...all, ...end),
    }),
  )
}

test('openaiChat keeps what the model refuses with apart from its text', async () => {
  const chunk = (delta: object, reason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason: reason }],
  })
  const answer = await collected(
    openaiChat,
    [
      chunk({ role: 'assistant', content: null, refusal: 'I cannot ' }),
      chunk({ refusal: 'help with that.' }),
      chunk({}, 'stop'),
    ],
    [{ data: '[DONE]' }],
  )
  expect(answer).toMatchObject({
    text: '',
    refusal: 'I cannot help with that.',
    finishReason: 'stop',
    outcome: { type: 'complete' },
  })
})

test('openaiResponses keeps what the model refuses with apart from its text', async () => {
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const answer = await collected(openaiResponses, [
    { type: 'response.refusal.delta', ...at, sequence_number: 1, delta: 'I cannot ' },
    { type: 'response.refusal.delta', ...at, sequence_number: 2, delta: 'help with that.' },
    { type: 'response.refusal.done', ...at, sequence_number: 3, refusal: 'I cannot help with that.' },
    { type: 'response.completed', sequence_number: 4, response: { id: 'resp_1', status: 'completed' } },
  ])
  expect(answer).toMatchObject({
    text: '',
    refusal: 'I cannot help with that.',
    finishReason: 'completed',
    outcome: { type: 'complete' },
  })
})

test('anthropicMessages tells by the finish reason that the model stopped to refuse, and keeps the text before', async () => {
  const answer = await collected(anthropicMessages, [
    {
      type: 'message_start',
      message: { id: 'msg_1', model: 'm', usage: { input_tokens: 9, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'To build ' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'refusal', stop_sequence: null },
      usage: { output_tokens: 3 },
    },
    { type: 'message_stop' },
  ])
  expect(answer).toMatchObject({
    text: 'To build ',
    refusal: '',
    finishReason: 'refusal',
    usage: { input_tokens: 9, output_tokens: 3 },
    outcome: { type: 'complete' },
  })
})

test.each(['constructor', '__proto__', 'toString'])(
  'anthropicMessages knows no status for an error of the type %j, which every object has as a member',
  async (type) => {
    const { outcome } = await collected(anthropicMessages, [
      { type: 'error', error: { type, message: 'no' } },
    ])
    expect(outcome).toMatchObject({ type: 'server-error', error: { status: null, type } })
  },
)

test.each([
  { type: 'error', errorText: { toString: null } },
  { type: 'abort', reason: { toString: null } },
])(
  'aiSdkUi ends a stream by $type, whose words are no text: it neither hangs nor looks whole',
  async (part) => {
    const events = fetchEventStream('http://stream.test/', {
      protocol: aiSdkUi,
      json: {},
      retry: false,
      fetch: fetchGiving({ data: JSON.stringify(part) }, { data: '[DONE]' }),
    })
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'server-error' })
    expect(await events.outcome).toMatchObject({ type: 'server-error' })
  },
)
