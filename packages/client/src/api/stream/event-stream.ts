// AsyncDisposable, for apps whose `lib` is ES2022 and the DOM: so do Vite’s templates have it.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Terminator } from '../../core/reading.ts'
import { alreadyConsumed } from '../errors/already-consumed.ts'
import { InTurn } from '../in-turn.ts'
import type { Steps } from '../steps.ts'
import type { Outcome } from './outcome.ts'
import type { Protocol } from '../decode/protocol.ts'
import { Reader } from './reader.ts'
import { Pull } from './pull.ts'
import type { Cursor } from '../resume/resume.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

/**
 * An answer or a subscription as an async iterable of events, made by `fetchEventStream()`. The request is under way; the
 * body is read as you pull. One consumer only: a second one throws `already-consumed`. Leaving the loop closes the socket.
 *
 * @example
 * for await (const { type, data } of stream) console.log(type, data)
 * const { type } = await stream.outcome
 */
export class EventStream<Event extends StreamEvent<unknown> = StreamEvent, Usage = unknown>
  implements AsyncIterable<Event>, AsyncDisposable
{
  /** How the stream ended, and what was received. Never rejects, and reads nothing by itself. */
  declare readonly outcome: Promise<Outcome>
  /** The reply, once one is accepted; rejects if none is. Its body belongs to the stream. */
  declare readonly response: Promise<Response>
  /** What the events mean, for functions that gather an answer from them. */
  declare readonly protocol: Protocol<StreamEvent<unknown>, Usage> | null
  readonly #terminator: Terminator
  readonly #reader: Reader<Event>
  readonly #pull: Pull<Event>
  #consumed = false

  constructor(plan: StreamPlan<Event, Usage>) {
    this.protocol = plan.protocol
    this.#terminator = plan.terminator
    this.#reader = new Reader(plan)
    this.#pull = new Pull(this.#reader)
    this.outcome = this.#reader.outcome.promise
    this.response = this.#reader.response.promise
    this.#reader.session.driver.start()
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
    const terminator = this.#terminator
    return terminator.type === 'data' ? terminator.data : null
  }

  /** Also tells Vue, Pinia and Alpine to keep a stream as it is: their reactive copies of an object have no private fields. */
  get [Symbol.toStringTag](): string {
    return 'EventStream'
  }

  /**
   * Drops the connection and goes on at once, from the last id. Where nothing can go on (an answer without `resume` that has
   * begun), it is the end: `not-repeated`. What had come is handed over all the same, unless the next reply ends the stream
   * before it is read; `cursor` is then where a later stream goes on.
   */
  reconnect(): void {
    this.#reader.session.driver.command({ type: 'reconnect' })
  }

  /** Ends the stream: the socket closes, iteration ends normally, the outcome is `aborted` by `close`. */
  close(reason?: unknown): void {
    this.#pull.stop('close', reason)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pull.stop()
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Event, undefined> {
    return this.#each(this.#pull)
  }

  /** The same events as arrays: all those of one read at a time. */
  batches(): AsyncIterableIterator<readonly Event[], undefined> {
    return this.#each({ next: () => this.#pull.batch(), stop: () => this.#pull.stop() })
  }

  /** Reads to the end, hands over nothing, and gives the outcome. */
  async done(): Promise<Outcome> {
    this.#claim()
    try {
      while ((await this.#pull.next()).done !== true);
    } catch {
      // The outcome has the error.
    }
    return this.outcome
  }

  #each<T>(steps: Steps<T>): AsyncIterableIterator<T, undefined> {
    this.#claim()
    return new InTurn(steps)
  }

  #claim(): void {
    if (this.#consumed) throw alreadyConsumed()
    this.#consumed = true
  }
}
