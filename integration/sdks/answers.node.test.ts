/** What `collect` gathers is what the vendors' own SDKs make of the same bytes at their end. */
import Anthropic from '@anthropic-ai/sdk'
import { collect, fetchEventStream, type PartialAnswer, type Protocol } from '@millrace/client'
import { anthropicMessages, openaiChat, openaiCompatible, openaiResponses } from '@millrace/client/protocols'
import { serve } from '@millrace/test-server'
import { scenario } from '@millrace/test-server/scenario'
import OpenAI from 'openai'
import { expect, test } from 'vitest'

type Answer = Pick<PartialAnswer, 'text' | 'reasoning'> & { readonly calls: readonly (readonly string[])[] }

const once = { apiKey: 'none', maxRetries: 0 }
const messages = [{ role: 'user' as const, content: 'Turn' }]

const named = (events: readonly { readonly type: string; readonly [member: string]: unknown }[]) =>
  events.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`).join('')
const unnamed = (events: readonly object[]) =>
  events.map((data) => `data: ${JSON.stringify(data)}\n\n`).join('')

/** The answer as the SDK and as `collect` give it. */
async function both(text: string, protocol: Protocol, read: (url: string) => Promise<Answer>) {
  await using server = await serve(scenario([{ type: 'text', text }, { type: 'end' }]))
  const theirs = await read(server.url)
  const ours = await collect.orThrow(fetchEventStream(server.url, { protocol, json: {}, retry: false }))
  const calls = ours.toolCalls.map(({ id, name, input }) => [id, name, JSON.stringify(input)])
  return { theirs, ours: { text: ours.text, reasoning: ours.reasoning, calls } }
}

async function readMessage(baseURL: string): Promise<Answer> {
  const anthropic = new Anthropic({ ...once, baseURL })
  const { content } = await anthropic.messages.stream({ model: 's', max_tokens: 9, messages }).finalMessage()
  const joined = (pick: (block: (typeof content)[number]) => string) => content.map(pick).join('')
  return {
    text: joined((block) => (block.type === 'text' ? block.text : '')),
    reasoning: joined((block) => (block.type === 'thinking' ? block.thinking : '')),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [[block.id, block.name, JSON.stringify(block.input)]] : [],
    ),
  }
}

async function readChat(baseURL: string): Promise<Answer> {
  const openai = new OpenAI({ ...once, baseURL })
  const { choices } = await openai.chat.completions.stream({ model: 's', messages }).finalChatCompletion()
  const message = choices[0]?.message
  return {
    text: message?.content ?? '',
    reasoning: '',
    calls: (message?.tool_calls ?? []).flatMap((call) =>
      call.type === 'function' ? [[call.id, call.function.name, call.function.arguments]] : [],
    ),
  }
}

async function readResponse(baseURL: string): Promise<Answer> {
  const openai = new OpenAI({ ...once, baseURL })
  const response = await openai.responses.stream({ model: 's', input: 'Turn' }).finalResponse()
  const { output, output_text: text } = response
  return {
    text,
    reasoning: output
      .flatMap((item) => (item.type === 'reasoning' ? item.summary : []))
      .map((part) => part.text)
      .join(''),
    calls: output.flatMap((item) =>
      item.type === 'function_call' ? [[item.call_id, item.name, item.arguments]] : [],
    ),
  }
}

test('a message of blocks that begin with content, of tools that Anthropic runs, and of blocks of next month', async () => {
  const usage = { input_tokens: 3, output_tokens: 1 }
  const message = { id: 'm', type: 'message', role: 'assistant', model: 's', content: [], usage }
  const block = (index: number, content_block: object) => ({
    type: 'content_block_start',
    index,
    content_block,
  })
  const delta = (index: number, more: object) => ({ type: 'content_block_delta', index, delta: more })
  const input = (index: number, partial_json: string) =>
    delta(index, { type: 'input_json_delta', partial_json })
  const { theirs, ours } = await both(
    named([
      { type: 'message_start', message },
      block(0, { type: 'thinking', thinking: 'Hm', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: '…' }),
      delta(0, { type: 'signature_delta', signature: 'sig' }),
      block(1, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
      input(1, '{"query":"rye"}'),
      block(2, { type: 'of_next_month', text: 'no text', id: 'n', name: 'none', input: { a: 1 } }),
      block(3, { type: 'text', text: 'Hel' }),
      { type: 'ping' },
      delta(3, { type: 'text_delta', text: 'lo' }),
      delta(3, { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'lo' } }),
      block(4, { type: 'tool_use', id: 'a', name: 'grind', input: { kg: 1 } }),
      block(5, { type: 'tool_use', id: 'b', name: 'grind', input: {} }),
      input(5, ''),
      input(5, '{"kg":'),
      input(5, '2}'),
      block(6, { type: 'tool_use', id: 'c', name: 'stop', input: {} }),
      { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage },
      { type: 'message_stop' },
    ]),
    anthropicMessages,
    readMessage,
  )
  expect(theirs.calls.map(([id]) => id)).toEqual(['a', 'b', 'c'])
  expect(ours).toEqual(theirs)
})

test.each([
  ['openaiChat', openaiChat],
  ['openaiCompatible', openaiCompatible],
])('a chat whose calls come interleaved, with the filter’s chunks of Azure, with %s', async (_, protocol) => {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    id: 'x',
    choices: [{ index: 0, delta, finish_reason }],
  })
  const call = (index: number, more: object) => chunk({ tool_calls: [{ index, ...more }] })
  const begun = (id: string) => ({ id, type: 'function', function: { name: 'grind', arguments: '' } })
  const { theirs, ours } = await both(
    `${unnamed([
      { id: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      call(0, begun('a')),
      call(1, begun('b')),
      call(1, { function: { arguments: '{"kg"' } }),
      call(0, { function: { arguments: '{"kg":1}' } }),
      { id: '', choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }] },
      chunk({ content: 'lo' }),
      call(1, { function: { arguments: ':2}' } }),
      chunk({}, 'tool_calls'),
      { id: 'x', choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    ])}data: [DONE]\n\n`,
    protocol,
    readChat,
  )
  expect(theirs.calls).toEqual([
    ['a', 'grind', '{"kg":1}'],
    ['b', 'grind', '{"kg":2}'],
  ])
  expect(ours).toEqual(theirs)
})

test('a response whose events have no names, and which only its end tells', async () => {
  const response = {
    id: 'r',
    object: 'response',
    created_at: 1,
    model: 's',
    status: 'in_progress',
    output: [],
  }
  const output = [
    { id: 'i0', type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
    {
      id: 'i1',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
    },
    { id: 'i2', type: 'function_call', call_id: 'a', name: 'grind', arguments: '{"kg":1}' },
  ]
  const { theirs, ours } = await both(
    unnamed([
      { type: 'response.created', sequence_number: 0, response },
      {
        type: 'response.completed',
        sequence_number: 1,
        response: { ...response, status: 'completed', output },
      },
    ]),
    openaiResponses,
    readResponse,
  )
  expect(theirs).toEqual({ text: 'Hello', reasoning: 'Hm', calls: [['a', 'grind', '{"kg":1}']] })
  expect(ours).toEqual(theirs)
})
