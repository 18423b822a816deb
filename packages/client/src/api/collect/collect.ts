import type { Answer, Collected, PartialAnswer } from './answer.ts'
import type { EventStreamError } from '../event-stream-error.ts'
import { outcomeOf } from './collected-outcome.ts'
import { completed, gathering } from './gathering.ts'
import { IncompleteAnswerError } from './incomplete-answer-error.ts'
import type { Outcome } from '../stream/outcome.ts'
import type { PieceSink, Protocol } from '../decode/protocol.ts'
import type { StreamEvent } from '../stream/stream-event.ts'
import { thrownError } from '../thrown-error.ts'

/** A stream, or any iterable of its events. */
export interface AnswerSource<Usage> extends AsyncIterable<StreamEvent<unknown>> {
  readonly outcome?: Promise<Outcome>
  readonly protocol?: Protocol<StreamEvent<unknown>, Usage> | null
}

export interface CollectOptions<Usage> {
  /** Goes on with what was received before, after a resume by `cursor`. */
  readonly from?: PartialAnswer<Usage>
  /** What the events mean, where they do not come from a stream that knows. Default: their data is the text. */
  readonly protocol?: Protocol<StreamEvent<unknown>, Usage>
}

export interface Collect {
  /**
   * Reads to the end and gathers the answer. Never rejects: `outcome` tells how it ended.
   *
   * @example
   * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiChat, json }))
   * if (outcome.type === 'complete') run(outcome.answer.toolCalls)
   * else offerToGoOn(text)
   */
  <Usage>(stream: AnswerSource<Usage>, options?: CollectOptions<Usage>): Promise<Collected<Usage>>
  /** The complete answer. Rejects with an IncompleteAnswerError for any other outcome. */
  orThrow<Usage>(stream: AnswerSource<Usage>, options?: CollectOptions<Usage>): Promise<Answer<Usage>>
}

export const collect: Collect = /* @__PURE__ */ Object.assign(gather, { orThrow })

/**
 * The pieces of text as they arrive. Throws what iteration throws.
 *
 * @example
 * for await (const piece of textOf(stream)) process.stdout.write(piece)
 */
export async function* textOf<Usage>(
  stream: AnswerSource<Usage>,
  { protocol }: Pick<CollectOptions<Usage>, 'protocol'> = {},
): AsyncGenerator<string, void, undefined> {
  const meaning = protocol ?? stream.protocol
  let pieces: string[] = []
  const sink: PieceSink = { ...deaf, text: (piece) => void pieces.push(piece) }
  for await (const event of stream) {
    give(event, meaning, sink)
    if (pieces.length > 0) yield* pieces
    pieces = []
  }
}

async function gather<Usage>(
  stream: AnswerSource<Usage>,
  options?: CollectOptions<Usage>,
): Promise<Collected<Usage>> {
  const [partial, outcome] = await readAll(stream, options)
  const { type } = outcome
  return {
    ...partial,
    outcome: type === 'complete' ? { ...outcome, type, answer: completed(partial) } : { ...outcome, type },
  }
}

async function orThrow<Usage>(
  stream: AnswerSource<Usage>,
  options?: CollectOptions<Usage>,
): Promise<Answer<Usage>> {
  const [partial, outcome, error] = await readAll(stream, options)
  if (outcome.type === 'complete') return completed(partial)
  throw new IncompleteAnswerError(partial, outcome, error)
}

async function readAll<Usage>(
  stream: AnswerSource<Usage>,
  { from, protocol }: CollectOptions<Usage> = {},
): Promise<readonly [PartialAnswer<Usage>, Outcome, EventStreamError | null]> {
  const meaning = protocol ?? stream.protocol
  const [sink, partial] = gathering(from)
  let events = 0
  let lastEventId = ''
  let error: EventStreamError | null = null
  try {
    for await (const event of stream) {
      events++
      lastEventId = event.lastEventId
      give(event, meaning, sink)
    }
  } catch (cause) {
    error = thrownError(cause)
  }
  return [partial(), await outcomeOf(stream.outcome, error, events, lastEventId), error]
}

/** Without a protocol the data is the text. */
function give<Usage>(
  event: StreamEvent<unknown>,
  protocol: AnswerSource<Usage>['protocol'],
  sink: PieceSink<Usage>,
): void {
  if (protocol) protocol.pieces?.(event, sink)
  else if (typeof event.data === 'string') sink.text(event.data)
}

const deaf: PieceSink = { text() {}, reasoning() {}, refusal() {}, toolCall() {}, usage() {}, finish() {} }
