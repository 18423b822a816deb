import type { StreamEvent, StreamOptions } from '@millrace/client'
import { fixture, type Fixture, type FixtureName } from '../../../../test/fixtures/index.ts'

/** All but the subscription, which nothing ends. */
export type AnswerName = Exclude<FixtureName, 'mercure-updates.sse'>

/** A recorded answer, what a client declares of it, and where in its bytes each of its events is whole. */
export interface Answer {
  readonly name: AnswerName
  readonly fixture: Fixture
  readonly options: StreamOptions<StreamEvent>
  /** borders[i] bytes hold events 0 to i, and no byte less does. */
  readonly borders: readonly number[]
  /** Index of the event that ends it, and how; the events after it do not count. */
  readonly end: { readonly at: number; readonly as: 'complete' | 'server-error' | 'nothing' }
  /** The event that ends it is not handed over: a data terminator, or an error. */
  readonly swallowed: boolean
}

const json = (event: StreamEvent) => JSON.parse(event.data || '{}')

/** What each protocol declares as the end of an answer. */
const declared: Readonly<Record<AnswerName, StreamOptions<StreamEvent>>> = {
  'openai-chat-completions.sse': { until: '[DONE]' },
  'openai-responses.sse': {
    until: { event: ['response.completed', 'response.failed', 'response.incomplete'] },
  },
  'anthropic-messages-overloaded.sse': {
    until: { event: 'message_stop' },
    errorOf: (event) => (event.type === 'error' ? { message: json(event).error.message, status: 529 } : null),
  },
  'gemini-generate-content.sse': {
    until: { when: (event) => json(event).candidates[0].finishReason !== undefined, end: true },
  },
  'mcp-streamable-http-leg1.sse': { until: (event) => 'result' in json(event) },
  'mcp-streamable-http-leg2.sse': { until: (event) => 'result' in json(event) },
  'ai-sdk-ui-message-stream.sse': { until: '[DONE]' },
  'openrouter-chat-completions.sse': { until: '[DONE]' },
  'openrouter-provider-error.sse': {
    until: '[DONE]',
    errorOf: (event) => json(event).error ?? null,
  },
  'truncated-chat-completions.sse': { until: '[DONE]' },
}

export const answers: readonly Answer[] = Object.keys(declared)
  .filter((name): name is AnswerName => name in declared)
  .map(answer)

function answer(name: AnswerName): Answer {
  const it = fixture(name)
  const last = it.events.length - 1
  const common = { name, fixture: it, options: declared[name], borders: bordersOf(it.bytes) }
  switch (it.finish) {
    case 'complete':
      return { ...common, end: { at: last, as: 'complete' }, swallowed: it.events[last]?.data === '[DONE]' }
    case 'server-error': {
      const at = it.events.findIndex(({ data }) => data.includes('"error":{'))
      return { ...common, end: { at, as: 'server-error' }, swallowed: true }
    }
    default:
      return { ...common, end: { at: last + 1, as: 'nothing' }, swallowed: false }
  }
}

/**
 * Where events become whole, found by a reading so plain that it shares no mistake with the parser: a block with
 * a data line is whole at the first byte of its blank line's end.
 */
function bordersOf(bytes: Uint8Array): number[] {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return [...text.matchAll(/((?:[^\r\n]+(?:\r\n|\r|\n))+)[\r\n]/g)]
    .filter(([, block]) => /^data\b/m.test(block ?? ''))
    .map((match) => match.index + match[0].length)
}

export interface Expected {
  readonly events: readonly { type: string; data: string }[]
  readonly outcome: 'complete' | 'server-error' | 'truncated' | 'network'
}

/** What must come of the first `size` bytes of an answer, by a clean end or a broken body. */
export function expected(
  { fixture, borders, end, swallowed }: Answer,
  size: number,
  ending: 'clean' | 'broken',
): Expected {
  const whole = borders.filter((border) => border <= size).length
  const over = whole > end.at
  const handed = over && swallowed ? end.at : whole
  const cut = ending === 'clean' ? 'truncated' : 'network'
  return {
    events: fixture.events.slice(0, handed).map(({ type, data }) => ({ type, data })),
    outcome: over && end.as !== 'nothing' ? end.as : cut,
  }
}
