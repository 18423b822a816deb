import type { Timeouts } from '../core/policy.ts'
import type { Deadline } from '../io/body.ts'
import { never } from './options.ts'
import type { Rhythm } from './rhythm.ts'

/** How long a body may stay silent: by option, by default for answers, by the server's own rhythm for subscriptions. */
export class Patience {
  readonly #timeouts: Timeouts
  /** When the consumer first waited on this connection; never, once an event has come. */
  #firstWait: number | null = null
  readonly #newRhythm: (() => Rhythm) | undefined
  /** Of this connection; null where nobody goes by it. */
  #rhythm: Rhythm | null = null

  constructor(timeouts: Timeouts, newRhythm: (() => Rhythm) | undefined) {
    this.#timeouts = timeouts
    this.#newRhythm = newRhythm
  }

  opened(): void {
    this.#firstWait = null
    this.#rhythm = this.#newRhythm?.() ?? null
  }

  event(): void {
    this.#firstWait = never
  }

  bytes(at: number): void {
    this.#rhythm?.heard(at)
  }

  comment(at: number): void {
    this.#rhythm?.beat(at)
  }

  /** The earlier of the two deadlines for a wait that began at `since`; null: it may last for ever. */
  deadline(since: number): Deadline | null {
    const { firstEvent, idle: given } = this.#timeouts
    const idle = given ?? this.#rhythm?.idle ?? never
    this.#firstWait ??= since
    const first = this.#firstWait + firstEvent
    const quiet = since + idle
    if (Math.min(first, quiet) === never) return null
    return first < quiet
      ? { timeout: 'firstEvent', at: first, after: firstEvent }
      : { timeout: 'idle', at: quiet, after: idle }
  }
}
