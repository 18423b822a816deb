import Anthropic from '@anthropic-ai/sdk'
import { collect, fetchEventStream, type Protocol } from '@millrace/client'
import { anthropicMessages, openaiChat, openaiResponses } from '@millrace/client/protocols'
import { serve } from '@millrace/test-server'
import { scenario, toBase64, type Scenario } from '@millrace/test-server/scenario'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { fixture } from '../../test/fixtures/index.ts'

const messages = [{ role: 'user' as const, content: 'Turn' }]
const once = { apiKey: 'none', maxRetries: 0 }

interface Vendor {
  readonly name: string
  readonly protocol: Protocol
  /** A complete answer, as bytes. */
  readonly bytes: Uint8Array
  /** Where it is cut: after events that have text, before what completes it. */
  readonly cut: string
  /** The text as the vendor's own SDK gives it to a loop; throws what the loop throws. */
  readText(url: string): Promise<string>
}

const anthropicAnswer = [
  {
    type: 'message_start',
    message: {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 's',
      content: [],
      usage: { input_tokens: 3, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grinding' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' 小麦…' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 9 },
  },
  { type: 'message_stop' },
]

const vendors: readonly Vendor[] = [
  {
    name: 'openai, chat completions',
    protocol: openaiChat,
    bytes: fixture('openai-chat-completions.sse').bytes,
    cut: 'data: [DONE]',
    readText: async (baseURL) => {
      let text = ''
      const openai = new OpenAI({ ...once, baseURL })
      const stream = await openai.chat.completions.create({ model: 's', messages, stream: true })
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
      return text
    },
  },
  {
    name: 'openai, responses',
    protocol: openaiResponses,
    bytes: fixture('openai-responses.sse').bytes,
    cut: 'event: response.completed',
    readText: async (baseURL) => {
      let text = ''
      const openai = new OpenAI({ ...once, baseURL })
      for await (const event of await openai.responses.create({ model: 's', input: 'Turn', stream: true })) {
        if (event.type === 'response.output_text.delta') text += event.delta
      }
      return text
    },
  },
  {
    name: '@anthropic-ai/sdk, messages',
    protocol: anthropicMessages,
    bytes: new TextEncoder().encode(
      anthropicAnswer.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`).join(''),
    ),
    cut: 'event: message_delta',
    readText: async (baseURL) => {
      let text = ''
      const anthropic = new Anthropic({ ...once, baseURL })
      const stream = await anthropic.messages.create({ model: 's', max_tokens: 9, messages, stream: true })
      for await (const event of stream) {
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
          text += event.delta.text
      }
      return text
    },
  },
]

/** The bytes up to where the text begins, as a reply that ends cleanly: what a proxy makes of a lost connection. */
function upTo(bytes: Uint8Array, text: string): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).split(text)[0])
}

function replyOf(bytes: Uint8Array): Scenario {
  return scenario([{ type: 'bytes', base64: toBase64(bytes) }, { type: 'end' }])
}

describe.each(vendors)('$name', ({ protocol, bytes, cut, readText }) => {
  test('agrees with our client on a complete answer', async () => {
    await using server = await serve(replyOf(bytes))
    const theirs = await readText(server.url)
    const ours = await collect(fetchEventStream(server.url, { protocol, json: {} }))

    expect(theirs).not.toBe('')
    expect(ours.text).toBe(theirs)
    expect(ours.outcome.type).toBe('complete')
  })

  test('takes an answer that was cut for a complete one, which our client alone tells', async () => {
    await using server = await serve(replyOf(upTo(bytes, cut)))
    const theirs = await readText(server.url)
    const ours = await collect(fetchEventStream(server.url, { protocol, json: {}, retry: false }))

    // Their loop ended as it does after a whole answer.
    expect(theirs).toBe(ours.text)
    expect(ours.outcome).toMatchObject({ type: 'truncated', error: { code: 'truncated' } })
  })
})
