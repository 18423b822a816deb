import type { EventFields, Step } from '../scenario/types.ts'
import { replying, type NamedScenario, type View, type ViewEvent } from './named.ts'

/** Small answers in the wire formats of the services that people call; all content is invented. */

const json = (value: unknown, event?: string): EventFields => ({
  ...(event && { event }),
  data: JSON.stringify(value),
})
const asStep = (fields: EventFields): Step => ({ type: 'event', ...fields })
const asView = ({ event = 'message', data = '' }: EventFields): ViewEvent => [event, data, '']
const POST: NonNullable<View['request']> = {
  method: 'POST',
  body: '{"stream":true}',
  headers: { 'content-type': 'application/json' },
}

interface Answer {
  readonly name: string
  readonly about: string
  readonly chunks: readonly EventFields[]
  /** Steps after the chunks, as a terminator that is not handed on. */
  readonly after?: readonly Step[]
  readonly until?: unknown
  readonly end?: View['end']
  readonly code?: string
}

function answer({ name, about, chunks, after = [], until, end = 'complete', code }: Answer): NamedScenario {
  return replying(
    { name, about, source: 'the wire format of its documentation and SDK' },
    [{ on: { method: 'POST' }, steps: [...chunks.map(asStep), ...after] }],
    {
      request: POST,
      events: chunks.map(asView),
      requests: [null],
      end,
      ...(code && { code }),
      options: { ...(until !== undefined && { until }) },
    },
  )
}

const DONE: Step = { type: 'event', data: '[DONE]' }
const chat = (delta: object, finish: string | null = null) =>
  json({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })

const chatChunks = [
  chat({ role: 'assistant', content: '' }),
  chat({ content: 'Mühle ' }),
  chat({ content: '水车' }),
  chat({}, 'stop'),
]

const geminiLast = json({ candidates: [{ content: { parts: [{ text: ' 水车' }] }, finishReason: 'STOP' }] })

const MCP_RESPONSE = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [] } })

export const protocols: readonly NamedScenario[] = [
  answer({
    name: 'openai-chat',
    about: 'Chunks without names, usage in one without choices, then [DONE], which is no JSON.',
    chunks: [...chatChunks, json({ id: 'chatcmpl-1', choices: [], usage: { total_tokens: 9 } })],
    after: [DONE],
    until: '[DONE]',
  }),
  answer({
    name: 'openai-chat-truncated',
    about: 'The body ends cleanly before [DONE]: that is no complete answer.',
    chunks: chatChunks.slice(0, 2),
    until: '[DONE]',
    end: 'truncated',
    code: 'truncated',
  }),
  answer({
    name: 'openai-responses',
    about: 'Named events with sequence numbers; response.completed ends it, there is no [DONE].',
    chunks: ['response.created', 'response.output_text.delta', 'response.completed'].map((type, index) =>
      json({ type, sequence_number: index, ...(index === 1 && { delta: 'Mühle' }) }, type),
    ),
    until: { event: ['response.completed', 'response.failed', 'response.incomplete'] },
  }),
  answer({
    name: 'anthropic-messages',
    about: 'Named events, pings between them, message_stop at the end.',
    chunks: [
      json({ type: 'message_start', message: { id: 'msg_1', usage: { input_tokens: 3 } } }, 'message_start'),
      json({ type: 'ping' }, 'ping'),
      json(
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Mühle' } },
        'content_block_delta',
      ),
      json(
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
        'message_delta',
      ),
      json({ type: 'message_stop' }, 'message_stop'),
    ],
    until: { event: 'message_stop' },
  }),
  answer({
    name: 'anthropic-overloaded',
    about: 'An error in a 200: the answer ends without message_stop.',
    chunks: [
      json({ type: 'message_start', message: { id: 'msg_1' } }, 'message_start'),
      json({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error'),
    ],
    until: { event: 'message_stop' },
    end: 'truncated',
    code: 'truncated',
  }),
  answer({
    name: 'gemini',
    about: 'Whole parts per chunk and no terminator: the last chunk has a finishReason.',
    chunks: [json({ candidates: [{ content: { parts: [{ text: 'Mühle' }] } }] })],
    after: [asStep(geminiLast)],
    until: geminiLast.data,
  }),
  answer({
    name: 'openrouter',
    about: 'Comments while the model is awaited are no events.',
    chunks: chatChunks,
    after: [{ type: 'comment', text: 'OPENROUTER PROCESSING' }, DONE],
    until: '[DONE]',
  }),
  answer({
    name: 'ai-sdk-ui',
    about: 'Types in the JSON; a finish part, then [DONE].',
    chunks: [
      json({ type: 'start', messageId: 'm1' }),
      json({ type: 'text-delta', id: 't1', delta: 'Mühle' }),
      json({ type: 'finish' }),
    ],
    after: [DONE],
    until: '[DONE]',
  }),
  answer({
    name: 'ag-ui',
    about: 'Types in the JSON; RUN_FINISHED ends it.',
    chunks: [
      json({ type: 'RUN_STARTED', runId: 'r1' }),
      json({ type: 'TEXT_MESSAGE_CONTENT', delta: 'Mühle' }),
    ],
    after: [asStep(json({ type: 'RUN_FINISHED', runId: 'r1' }))],
    until: JSON.stringify({ type: 'RUN_FINISHED', runId: 'r1' }),
  }),
  answer({
    name: 'a2a',
    about: 'Pretty-printed JSON in several data lines.',
    chunks: [
      {
        data: JSON.stringify(
          { jsonrpc: '2.0', result: { kind: 'task', status: { state: 'completed' } } },
          null,
          2,
        ),
      },
    ],
    end: 'complete',
    until: { event: 'message' },
  }),
  replying(
    {
      name: 'mcp-two-legs',
      about: 'A priming event with an id and empty data, an end, and the response by GET with Last-Event-ID.',
      source: 'MCP 2025-11-25, basic/transports',
    },
    [
      { on: { method: 'POST' }, steps: [{ type: 'event', id: 'leg-1', data: '', retry: 500 }] },
      { on: { method: 'GET' }, steps: [{ type: 'event', event: 'result', id: 'leg-2', data: MCP_RESPONSE }] },
    ],
    {
      request: POST,
      options: { resume: 'lastEventIdGet', until: { event: 'result' } },
      events: [
        ['message', '', 'leg-1'],
        ['result', MCP_RESPONSE, 'leg-2'],
      ],
      requests: [null, 'leg-1'],
      end: 'complete',
    },
  ),
]
