import type { EncodableEvent } from '@millrace/parser/encode'

/** An event as a log keeps it. */
export type LoggedEvent = EncodableEvent & { readonly id: string }

/** The last events that were sent, so that a client that comes again gets what it missed. */
export class ReplayLog {
  readonly #limit: number
  readonly #prefix: string
  /** A ring: to take the first of 100,000 out would move all the others, for 2 ms an event. */
  readonly #events: LoggedEvent[] = []
  #appended = 0

  /**
   * @param limit of events that are kept
   * @param prefix of the numbers that it gives
   */
  constructor(limit = 1000, prefix = '') {
    if (!(Number.isSafeInteger(limit) && limit > 0))
      throw new RangeError('A log keeps a whole number of events from 1.')
    this.#limit = limit
    this.#prefix = prefix
  }

  /** Keeps an event; one without an id gets the next number. */
  append(event: EncodableEvent): LoggedEvent {
    const logged = { ...event, id: event.id ?? `${this.#prefix}${this.#appended + 1}` }
    this.#events[this.#appended % this.#limit] = logged
    this.#appended += 1
    return logged
  }

  /**
   * Events after an id: none without an id (a new client), everything that is kept when the id is not known
   * any more, since what came between is lost either way.
   */
  after(lastEventId: string | null): readonly LoggedEvent[] {
    return lastEventId === null ? [] : this.#since(lastEventId)
  }

  /** Everything that is kept. */
  all(): readonly LoggedEvent[] {
    return this.#since(null)
  }

  #since(lastEventId: string | null): readonly LoggedEvent[] {
    const missed: LoggedEvent[] = []
    // From the latest back: who comes again has mostly missed little.
    while (missed.length < this.#events.length) {
      const event = this.#events[(this.#appended - 1 - missed.length) % this.#limit]
      if (event === undefined || event.id === lastEventId) break
      missed.push(event)
    }
    return missed.toReversed()
  }
}
