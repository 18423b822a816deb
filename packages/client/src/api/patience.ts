import { beat, heard, impliedIdle, noHeartbeat, type Heartbeat } from '../core/heartbeat.ts'
import type { Timeouts } from '../core/policy.ts'
import type { Deadline } from '../io/body.ts'
import { never } from './options.ts'

/** How long a body may stay silent: by option, by default for answers, by the server's own rhythm for subscriptions. */
export class Patience {
  readonly #timeouts: Timeouts
  /** When the consumer first waited on this connection; never, once an event has come. */
  #firstWait: number | null = null
  #heartbeat: Heartbeat = noHeartbeat

  constructor(timeouts: Timeouts) {
    this.#timeouts = timeouts
  }

  opened(): void {
    this.#firstWait = null
    this.#heartbeat = noHeartbeat
  }

  event(): void {
    this.#firstWait = never
  }

  bytes(at: number): void {
    if (this.#timeouts.idle === null) this.#heartbeat = heard(this.#heartbeat, at)
  }

  comment(at: number): void {
    if (this.#timeouts.idle === null) this.#heartbeat = beat(this.#heartbeat, at)
  }

  /** The earlier of the two deadlines for a wait that began at `since`; null: it may last for ever. */
  deadline(since: number): Deadline | null {
    const { firstEvent, idle: given } = this.#timeouts
    const idle = given ?? impliedIdle(this.#heartbeat) ?? never
    this.#firstWait ??= since
    const first = this.#firstWait + firstEvent
    const quiet = since + idle
    if (Math.min(first, quiet) === never) return null
    return first < quiet
      ? { timeout: 'firstEvent', at: first, after: firstEvent }
      : { timeout: 'idle', at: quiet, after: idle }
  }
}
