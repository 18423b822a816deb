import type { EventSourceMessage } from './types.ts'

/** Events of a chunk that nobody has asked for yet, in their order. */
export class Backlog {
  /** Reads of the loop that wait for the stream's own queue: an event taken from here would overtake theirs. */
  reads = 0
  #events: EventSourceMessage[] = []
  #next = 0

  push(event: EventSourceMessage): void {
    this.#events.push(event)
  }

  take(): EventSourceMessage | undefined {
    if (this.#next < this.#events.length) return this.#events[this.#next++]
    if (this.#next > 0) this.clear()
    return undefined
  }

  clear(): void {
    this.#events = []
    this.#next = 0
  }
}
