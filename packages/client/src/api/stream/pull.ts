import type { CloseReason } from '../../core/state.ts'
import type { Steps } from '../steps.ts'
import { stopReason } from './stop-reason.ts'
import type { Reader } from './reader.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

type Result<Event> = IteratorResult<Event, undefined>

/** The consumer's end of a stream: gives event after event, for one call at a time. */
export class Pull<Event extends StreamEvent<unknown>> implements Steps<Event> {
  readonly #reader: Reader<Event>
  /** An event that is still being decoded; resolves to null if it is not to be handed over. */
  #late: Promise<Event | null> | null = null

  constructor(reader: Reader<Event>) {
    this.#reader = reader
  }

  /** The next event that is in the queue and decoded, or null. */
  ready(): Event | null {
    if (this.#late !== null) return null
    const { session } = this.#reader
    for (let raw = session.shift(); raw !== undefined; raw = session.shift()) {
      const taken = this.#reader.take(raw)
      if (taken instanceof Promise) {
        this.#late = taken
        return null
      }
      if (taken !== null) return taken
    }
    return null
  }

  async next(): Promise<Result<Event>> {
    for (;;) {
      const event = await this.#queued()
      if (event !== null) return { done: false, value: event }
      const reason = await this.#reader.session.more()
      if (reason !== null) return this.#end(reason)
    }
  }

  stop(by: 'close' | 'consumer' = 'consumer', reason?: unknown): void {
    this.#reader.session.driver.command({ type: 'close', by, reason })
  }

  /** All events that are there after one read. */
  async batch(): Promise<Result<readonly Event[]>> {
    const first = await this.next()
    if (first.done === true) return first
    const batch = [first.value]
    for (;;) {
      const more = this.ready() ?? (await this.#queued())
      if (more === null) return { done: false, value: batch }
      batch.push(more)
    }
  }

  /** The next event that is in the queue, or null. */
  async #queued(): Promise<Event | null> {
    for (let event = this.ready(); ; event = this.ready()) {
      if (event !== null || this.#late === null) return event
      const late = this.#late
      const decoded = await new Promise<Event | null>((resolve) => {
        this.#reader.interrupt = () => resolve(null)
        void late.then(resolve)
      })
      this.#late = null
      if (decoded !== null) return decoded
    }
  }

  #end(reason: CloseReason): Result<Event> {
    const { error } = this.#reader
    if (error !== null) throw error
    if (reason.type === 'stopped' && reason.by === 'signal') throw stopReason(reason.reason)
    return { done: true, value: undefined }
  }
}
