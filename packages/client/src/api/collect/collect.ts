import type { Answer, Collected } from './answer.ts'
import { answerOf } from './answer-of.ts'
import type { AnswerPieces, Protocol } from '../decode/protocol.ts'
import type { EventStreamError } from '../errors/event-stream-error.ts'
import { IncompleteAnswerError } from './incomplete-answer-error.ts'
import type { Outcome } from '../stream/outcome.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import { InTurn } from '../in-turn.ts'
import { jsonIn } from '../json-in.ts'
import { thrownError } from '../errors/thrown-error.ts'

/** A stream, or any iterable of its events. */
export interface AnswerSource<Usage> extends AsyncIterable<StreamEvent<unknown>> {
  readonly outcome?: Promise<Outcome>
  readonly protocol?: Protocol<StreamEvent<unknown>, Usage> | null
}

/** Options of `collect`. */
export interface CollectOptions<Usage> {
  /** What an earlier stream had brought, to go on with after a resume by `cursor`. Null: nothing. */
  readonly from?: AnswerPieces<Usage> | null | undefined
  /** What the events mean. Default: the stream's own protocol; without any, data that is text is the text. */
  readonly protocol?: Protocol<StreamEvent<unknown>, Usage> | null | undefined
}

/** The type of `collect`. */
export interface Collect {
  /**
   * Reads to the end and collects the answer. Never rejects: `outcome` tells how it ended.
   *
   * @example
   * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiChat, json }))
   * if (outcome.type === 'complete') run(outcome.answer.toolCalls)
   * else offerToGoOn(text)
   */
  <Usage>(stream: AnswerSource<Usage>, options?: CollectOptions<Usage>): Promise<Collected<Usage>>
  /**
   * The complete answer. Rejects with an IncompleteAnswerError for any other outcome: for an abort, too, where its
   * `outcome.by` is `signal`.
   */
  orThrow<Usage>(stream: AnswerSource<Usage>, options?: CollectOptions<Usage>): Promise<Answer<Usage>>
}

/**
 * Reads a stream to its end and collects the answer. Never rejects: `outcome` tells how it ended. `collect.orThrow` gives
 * the complete answer or rejects.
 */
export const collect: Collect = /* @__PURE__ */ Object.assign(gather, {
  async orThrow<Usage>(stream: AnswerSource<Usage>, options?: CollectOptions<Usage>) {
    const { outcome, ...partial } = await gather(stream, options)
    if (outcome.type === 'complete') return outcome.answer
    throw new IncompleteAnswerError(partial, outcome)
  },
})

/**
 * The pieces of text as they arrive. Throws what iteration throws.
 *
 * @example
 * for await (const piece of textOf(stream)) process.stdout.write(piece)
 * @throws {EventStreamError} `already-consumed`, at the call, when the stream has a consumer
 */
export function textOf<Usage>(
  stream: AnswerSource<Usage>,
  { protocol = stream.protocol }: Pick<CollectOptions<Usage>, 'protocol'> = {},
): AsyncIterableIterator<string, undefined> {
  const events = stream[Symbol.asyncIterator]()
  const step = async (): Promise<IteratorResult<string, undefined>> => {
    for (;;) {
      const { done, value } = await events.next()
      if (done === true) return { done, value: undefined }
      const { text } = piecesOf(value, protocol)
      if (text) return { done: false, value: text }
    }
  }
  return new InTurn({ next: step, stop: () => events.return?.() })
}

async function gather<Usage>(
  stream: AnswerSource<Usage>,
  { from, protocol = stream.protocol }: CollectOptions<Usage> = {},
): Promise<Collected<Usage>> {
  const received = [from ?? {}]
  let lastEventId = ''
  let error: EventStreamError | undefined
  try {
    for await (const event of stream) {
      lastEventId = event.lastEventId
      received.push(piecesOf(event, protocol))
    }
  } catch (cause) {
    error = thrownError(cause)
  }
  const partial = answerOf(received)
  // `already-consumed`: another loop reads the stream, whose end does not concern us and may be far away.
  const own = error?.code === 'already-consumed' ? undefined : await stream.outcome
  const outcome: Told = {
    // An iterable tells nothing of its end: that it ended is all there is to know.
    type: 'ended',
    events: received.length - 1,
    skipped: 0,
    bytes: 0,
    attempts: 0,
    lastEventId,
    requestId: null,
    tail: 0,
    resumable: false,
    ...own,
    // If a protocol's function threw, the stream only knows that its consumer went away.
    ...(error && !(own?.error || own?.by === 'signal') && { type: 'invalid', error }),
  }
  // A call without arguments is often sent without any text.
  const toolCalls = partial.toolCalls.map((call) => ({ ...call, input: jsonIn(call.arguments || '{}') }))
  const answer = { ...partial, toolCalls }
  return { ...partial, outcome: outcome.type === 'complete' ? { ...outcome, answer } : outcome }
}

type Told = Outcome &
  ({ readonly type: 'complete' } | { readonly type: Exclude<Outcome['type'], 'complete'> })

/** Without a protocol, data that is text is the text. */
function piecesOf<Usage>(
  event: StreamEvent<unknown>,
  protocol: AnswerSource<Usage>['protocol'],
): AnswerPieces<Usage> {
  return protocol?.pieces?.(event) ?? { text: typeof event.data === 'string' ? event.data : null }
}
