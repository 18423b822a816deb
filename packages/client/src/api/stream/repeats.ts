import type { Cursor, ResumePreset } from '../resume/resume.ts'
import type { StreamEvent } from './stream-event.ts'

/** How many events `sameEvent` looks back. */
const remembered = 100

/**
 * What a resumed reply says again. Only a preset that knows an order, or the app, can tell; and only for the first
 * events of the reply, up to the first that is new: servers give one id to many events.
 */
export class Repeats<Event extends StreamEvent<unknown>> {
  readonly #seen: ResumePreset['seen']
  readonly #same: ((before: Event, event: Event) => boolean) | undefined
  readonly #recent: Event[] = []
  /** Where the consumer stood when the reply began; null while nothing is looked for. */
  #before: Cursor | null = null
  #position = 0

  constructor(seen: ResumePreset['seen'], same: ((before: Event, event: Event) => boolean) | undefined) {
    this.#seen = seen
    this.#same = same
  }

  /** A reply begins; it may go on where another was cut. */
  resumed(before: Cursor): void {
    if (this.#seen === undefined && this.#same === undefined) return
    this.#before = before
    this.#position = 0
  }

  has(event: Event): boolean {
    if (this.#before === null) return false
    const repeated =
      this.#seen?.(this.#before, event, this.#position++) === true ||
      this.#recent.some((before) => this.#same?.(before, event) === true)
    if (!repeated) this.#before = null
    return repeated
  }

  handed(event: Event): void {
    if (this.#same === undefined) return
    this.#recent.push(event)
    if (this.#recent.length > remembered) this.#recent.shift()
  }
}
