import type { ReplyFacts } from '../../core/failure.ts'
import type { CloseReason } from '../../core/state.ts'
import { Strays } from '../../io/strays.ts'
import { Whole } from '../../io/whole.ts'
import { alreadyConsumed } from '../already-consumed.ts'
import { deferred, type Deferred } from '../deferred.ts'
import { inTurn } from '../in-turn.ts'
import type { EventStreamError } from '../event-stream-error.ts'
import { outcomeType, type Outcome } from './outcome.ts'
import type { Protocol } from '../decode/protocol.ts'
import { Reader } from './reader.ts'
import { Pull } from './pull.ts'
import { readRefusal } from './refusal.ts'
import type { Cursor } from '../resume/resume.ts'
import { Rhythm } from '../../io/rhythm.ts'
import { Session } from '../session.ts'
import type { StreamEvent } from './stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

/**
 * An answer or a subscription as an async iterable of events. The request is under way when you get it; the body is
 * read when you pull. One consumer only.
 */
export class EventStream<Event extends StreamEvent<unknown>, Usage = unknown>
  implements AsyncIterable<Event>, AsyncDisposable
{
  /** Passive and never rejects: how it ended, and what was received. */
  readonly outcome: Promise<Outcome>
  /** The reply, once one is accepted. Rejects if none is. Its body belongs to the stream. */
  readonly response: Promise<Response>
  /** What the events mean, for functions that gather an answer from them. */
  readonly protocol: Protocol<StreamEvent<unknown>, Usage> | null
  readonly #plan: StreamPlan<Event, Usage>
  readonly #session: Session
  readonly #reader: Reader<Event>
  readonly #pull: Pull<Event>
  #requestId: string | null = null
  readonly #outcome: Deferred<Outcome> = deferred()
  readonly #response: Deferred<Response> = deferred()
  #latest: Response | null = null
  #error: EventStreamError | null = null
  #consumed = false

  constructor(plan: StreamPlan<Event, Usage>) {
    this.#plan = plan
    this.protocol = plan.protocol
    this.outcome = this.#outcome.promise
    this.response = this.#response.promise
    // Whoever does not look at the response learns of the failure by iterating.
    this.response.catch(() => {})
    this.#session = new Session(plan.options, plan.policy, plan.cursor.lastEventId, {
      prepare: (preparing) => plan.prepare(preparing, this.#parsedCursor(), this.#latest),
      resumable: () => plan.resumable(this.#parsedCursor()),
      judge: () => this.#reader.judge(this.#session.inflow),
      lastWord: () => this.#reader.lastWord(this.#session.inflow.end()),
      onOpen: (reply, response) => this.#onOpen(reply, response),
      onFirstByte: () => this.#reader.begin(),
      onError: (error) => {
        if (!error.willRetry) this.#error = error
      },
      onClosed: (reason) => this.#onClosed(reason),
      onNote: (note) => this.#reader.note(note),
      ...ofStreams,
    })
    this.#reader = new Reader(plan, this.#session)
    this.#pull = new Pull(this.#session, this.#reader, () => (this.#isEmpty ? null : this.#error))
    this.#session.driver.start()
  }

  /** The last event ID of what was handed over. */
  get lastEventId(): string {
    return this.#reader.cursor.lastEventId
  }

  /** Where the consumer stands: JSON that an app may save, and give to a later stream as `cursor`. */
  get cursor(): Cursor {
    return this.#reader.cursor
  }

  /** The data that ends the answer, where `until` names one. It is not handed over. */
  get terminator(): string | null {
    const { terminator } = this.#plan
    return terminator.type === 'data' ? terminator.data : null
  }

  /** Drops the connection and goes on at once, from the last id. */
  reconnect(): void {
    this.#session.driver.command({ type: 'reconnect' })
  }

  /** Ends the stream: the socket closes, iteration ends normally, the outcome is `aborted` by `close`. */
  close(reason?: unknown): void {
    this.#stop('close', reason)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop('consumer', undefined)
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, undefined> {
    return this.#each(
      () => this.#pull.next(),
      () => this.#pull.ready(),
    )
  }

  /** All events of one read at a time. */
  batches(): AsyncIterableIterator<readonly Event[], undefined> {
    return this.#each(() => this.#pull.batch())
  }

  /** Reads to the end, hands over nothing, and gives the outcome. */
  async done(): Promise<Outcome> {
    this.#claim()
    try {
      while ((await this.#pull.next()).done !== true);
    } catch {
      // It is in the outcome.
    }
    return this.outcome
  }

  #each<T>(
    step: () => Promise<IteratorResult<T, undefined>>,
    there?: () => T | null,
  ): AsyncIterableIterator<T, undefined> {
    this.#claim()
    return inTurn(step, () => this.#stop('consumer', undefined), there)
  }

  #claim(): void {
    if (this.#consumed) throw alreadyConsumed()
    this.#consumed = true
  }

  #stop(by: 'close' | 'consumer', reason: unknown): void {
    this.#session.driver.command({ type: 'close', by, reason })
  }

  /** What the next attempt goes on from: the ID as parsed, since what is queued will still be handed over. */
  #parsedCursor(): Cursor {
    return { ...this.cursor, lastEventId: this.#session.inflow.lastEventId }
  }

  /** A 204, where nothing is an answer: no end was to come, or a cursor asked what still runs. */
  get #isEmpty(): boolean {
    const { policy, terminator } = this.#plan
    return this.#error?.code === 'no-content' && (policy.cold || terminator.type === 'none')
  }

  #onOpen(reply: ReplyFacts, response: Response): void {
    this.#requestId = reply.requestId
    this.#latest = response
    this.#response.resolve(response)
  }

  #onClosed(reason: CloseReason): void {
    const error = this.#error
    const { cursor } = this
    this.#response.reject(reason.type === 'stopped' ? (reason.reason ?? closedBefore()) : error)
    this.#outcome.resolve({
      type: this.#isEmpty ? 'ended' : outcomeType(reason),
      ...(reason.type === 'stopped' && { by: reason.by }),
      events: cursor.events,
      skipped: this.#reader.skipped,
      bytes: this.#session.inflow.bytes,
      attempts: this.#session.attempts,
      lastEventId: cursor.lastEventId,
      requestId: error?.requestId ?? this.#requestId,
      tail: this.#session.inflow.tail,
      resumable: reason.type !== 'complete' && this.#plan.resumable(cursor),
      ...(error && { error }),
    })
    this.#pull.interrupt()
  }
}

/** What the class, as the standard has it, does without. */
const ofStreams = {
  readRefusal,
  newRhythm: () => new Rhythm(),
  newStrays: () => new Strays(),
  newWhole: () => new Whole(),
}

/** As a signal's own; no DOMException, which React Native has not. */
function closedBefore(): Error {
  return Object.assign(new TypeError('Closed'), { name: 'AbortError' })
}
