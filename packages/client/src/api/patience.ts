import { beat, heard, impliedIdle, noHeartbeat, type Heartbeat } from '../core/heartbeat.ts'
import type { Deadline } from '../io/body.ts'
import { defaults, type TimeoutOptions } from './options.ts'

/** How long a body may stay silent: by option, by default for answers, by the server's own rhythm for subscriptions. */
export class Patience {
  readonly #firstEvent: number
  /** Null: it follows from the heartbeat, which is not even listened to otherwise. */
  readonly #idle: number | null
  /** When the consumer first waited on this connection; null once an event has come. */
  #firstWait: number | null = null
  #awaitsEvent = true
  #heartbeat: Heartbeat = noHeartbeat

  constructor(timeouts: TimeoutOptions | undefined, kind: 'class' | 'subscription' | 'answer') {
    this.#firstEvent = timeouts?.firstEvent ?? defaults.timeouts.firstEvent
    const usual = { class: Number.POSITIVE_INFINITY, subscription: null, answer: defaults.timeouts.idle.post }
    this.#idle = timeouts?.idle ?? usual[kind]
  }

  opened(): void {
    this.#firstWait = null
    this.#awaitsEvent = true
    this.#heartbeat = noHeartbeat
  }

  event(): void {
    this.#awaitsEvent = false
  }

  bytes(at: number): void {
    if (this.#idle === null) this.#heartbeat = heard(this.#heartbeat, at)
  }

  comment(at: number): void {
    if (this.#idle === null) this.#heartbeat = beat(this.#heartbeat, at)
  }

  /** The earlier of the two deadlines for a wait that began at `since`; null: it may last for ever. */
  deadline(since: number): Deadline | null {
    const never = Number.POSITIVE_INFINITY
    const idle = this.#idle ?? impliedIdle(this.#heartbeat) ?? never
    const quiet = since + idle
    if (this.#firstEvent !== never) this.#firstWait ??= since
    const first = this.#awaitsEvent && this.#firstWait !== null ? this.#firstWait + this.#firstEvent : never
    if (first === never && quiet === never) return null
    return first < quiet
      ? { timeout: 'firstEvent', at: first, after: this.#firstEvent }
      : { timeout: 'idle', at: quiet, after: idle }
  }
}
