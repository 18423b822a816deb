import type { CloseReason } from '../../core/state.ts'
import type { EventStreamError } from '../event-stream-error.ts'
import type { Session } from '../session.ts'
import type { Reader } from './reader.ts'
import type { StreamEvent } from './stream-event.ts'

export type Result<Event> = IteratorResult<Event, undefined>

/** The consumer's end of a stream: gives one event for each call, in the order of the calls. */
export class Pull<Event extends StreamEvent<unknown>> {
  readonly #session: Session
  readonly #reader: Reader<Event>
  readonly #error: () => EventStreamError | null
  #connection = -1
  /** What iteration throws has been thrown: from then on it is over. */
  #thrown = false
  /** Ends the wait for an event that is still being decoded. */
  #interrupt: () => void = () => {}
  #turn: Promise<unknown> = Promise.resolve()
  #busy = 0

  /** `error`: why the stream failed, once it has. */
  constructor(session: Session, reader: Reader<Event>, error: () => EventStreamError | null) {
    this.#session = session
    this.#reader = reader
    this.#error = error
  }

  /** Several calls without waiting are answered in order. */
  next(): Promise<Result<Event>> {
    // What is in the queue already needs no turn: waiting for one would cost more than parsing the event.
    const ready = this.#busy === 0 ? this.ready() : null
    if (ready !== null && !(ready instanceof Promise)) return Promise.resolve({ done: false, value: ready })
    this.#busy++
    const result = this.#turn.then(() => this.#advance(ready))
    const settle = () => void this.#busy--
    this.#turn = result.then(settle, settle)
    return result
  }

  /** All events of one read. Only one call at a time. */
  async batch(): Promise<Result<readonly Event[]>> {
    const first = await this.next()
    if (first.done === true) return first
    const batch = [first.value]
    for (let more = this.ready(); more !== null; more = this.ready()) {
      const event = more instanceof Promise ? await more : more
      if (event === null) break
      batch.push(event)
    }
    return { done: false, value: batch }
  }

  async #advance(first: Promise<Event | null> | null): Promise<Result<Event>> {
    const decoded = await first
    if (decoded !== null) return { done: false, value: decoded }
    for (;;) {
      const event = await this.ready()
      if (event !== null) return { done: false, value: event }
      const reason = await this.#session.more()
      if (reason !== null) return this.#end(reason)
      if (this.#session.connection !== this.#connection) this.#begin()
    }
  }

  #begin(): void {
    this.#connection = this.#session.connection
    this.#reader.begin()
  }

  /** The next event that is in the queue, or null. */
  ready(): Event | null | Promise<Event | null> {
    for (let item = this.#session.shift(); item !== undefined; item = this.#session.shift()) {
      if ('note' in item) {
        if (item.note === 'id') this.#reader.id(item)
        else if (item.note === 'stray') this.#reader.stray(item.stray)
        continue
      }
      const taken = this.#reader.take(item)
      if (taken instanceof Promise) return this.#decoded(taken)
      if (taken !== null) return this.#handed(taken)
    }
    return null
  }

  /** An event that takes time to decode; null when the stream is closed meanwhile. */
  async #decoded(taken: Promise<Event | null>): Promise<Event | null> {
    const event = await new Promise<Event | null>((resolve) => {
      this.#interrupt = () => resolve(null)
      void taken.then(resolve)
    })
    return event === null ? this.ready() : this.#handed(event)
  }

  #handed(event: Event): Event {
    if (this.#session.observed) {
      this.#session.tell({ type: 'event', name: event.type, lastEventId: event.lastEventId })
    }
    return event
  }

  #end(reason: CloseReason): Result<Event> {
    const over: Result<Event> = { done: true, value: undefined }
    if (this.#thrown) return over
    this.#thrown = true
    if (reason.type === 'failed' && reason.failure.code !== 'no-content') throw this.#error()
    if (reason.type === 'stopped' && reason.by === 'signal') throw reason.reason
    return over
  }

  /** The stream is closed: nobody waits any longer. */
  interrupt(): void {
    this.#interrupt()
  }
}
