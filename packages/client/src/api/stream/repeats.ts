import type { Cursor, ResumePreset } from '../resume/resume.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** How many events `sameEvent` looks back. */
const remembered = 100

/**
 * Recognizes events that a resumed reply repeats. Only a preset that knows their order can tell, or the app; and they are
 * asked only up to the first event that is new. An ID does not tell: servers give one to many events.
 */
export class Repeats<Event extends StreamEvent<unknown>> {
  readonly #seen: ResumePreset['seen']
  readonly #same: ((before: Event, event: Event) => boolean) | undefined
  readonly #recent: Event[] = []
  /** Where the consumer stood when the reply began; null once it has brought something new: no more repeats are expected. */
  before: Cursor | null = null
  /** How many the reply has brought, as long as it brings nothing else; 0 from then on. */
  count = 0

  constructor(seen: ResumePreset['seen'], same: ((before: Event, event: Event) => boolean) | undefined) {
    this.#seen = seen
    this.#same = same
  }

  /** A reply begins, which may repeat events of one that was cut; null: it will not, or not any more. */
  expect(before: Cursor | null): void {
    this.before = before
    this.count = 0
  }

  has(event: Event): boolean {
    if (this.before === null) return false
    const repeated =
      this.#seen?.(this.before, event, this.count) === true ||
      this.#recent.some((before) => this.#same?.(before, event) === true)
    if (repeated) this.count++
    else this.expect(null)
    return repeated
  }

  handed(event: Event): void {
    if (this.#same === undefined) return
    this.#recent.push(event)
    if (this.#recent.length > remembered) this.#recent.shift()
  }
}
