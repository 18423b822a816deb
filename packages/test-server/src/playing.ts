import type { Journal } from './journal/journal.ts'
import type { Exchange, RecordedRequest } from './journal/records.ts'
import type { Stage } from './journal/stage.ts'
import type { Waiting } from './journal/waiting.ts'
import { utf8 } from './scenario/bytes.ts'
import { isEnding } from './scenario/ending.ts'
import { assertNamed, type Named } from './scenario/names.ts'
import type { Ending, EventFields } from './scenario/types.ts'
import { eventText } from './scenario/wire.ts'

/** A scenario that is being played: where it is, what it has seen, and what a test can do to it. */
export class Playing {
  readonly url: string
  readonly #stage: Stage

  constructor(url: string, stage: Stage) {
    this.url = url
    this.#stage = stage
  }

  /** Records, and promises to wait for what they will hold. */
  get journal(): Journal {
    return this.#stage.journal
  }

  get requests(): readonly RecordedRequest[] {
    return this.journal.requests
  }

  get exchanges(): readonly Exchange[] {
    return this.journal.exchanges
  }

  /** The next request that no earlier call has given out. @throws {WaitTimeoutError} when it does not come `within` 4 s */
  nextRequest(waiting?: Waiting): Promise<RecordedRequest> {
    return this.journal.nextRequest(waiting)
  }

  /** Resolves when so many exchanges are over. @throws {WaitTimeoutError} when they are not `within` 4 s */
  whenClosed(count?: number, waiting?: Waiting): Promise<void> {
    return this.journal.whenClosed(count, waiting)
  }

  /** Resolves when a reply waits at the gate. @throws {WaitTimeoutError} when none does `within` 4 s */
  async whenAt(gate: string, waiting?: Waiting): Promise<void> {
    this.#assertNamed('gate', gate)
    await this.journal.whenAt(gate, waiting)
  }

  /**
   * Lets `times` replies pass a gate, `Infinity` for all: those that wait there, then the next that come.
   *
   * @throws {RangeError} when the scenario has no such gate
   */
  release(gate: string, times?: number): void {
    this.#assertNamed('gate', gate)
    this.#stage.gates.open(gate, times)
  }

  /** Ends every open exchange, by RST unless said. @throws {TypeError} for what is no ending */
  drop(by: Ending = 'reset'): void {
    if (!isEnding(by))
      throw new TypeError(`An exchange ends by "end", "reset" or "fin", not by ${String(by)}.`)
    for (const end of this.#stage.live) end(by)
  }

  /**
   * Sends an event to everyone at a `channel` step of that name.
   *
   * @throws {RangeError} when the scenario has none
   * @throws {TypeError} when the event cannot be encoded
   */
  publish(channel: string, event: EventFields): void {
    this.#assertNamed('channel', channel)
    this.#stage.channels.publish(channel, utf8(eventText(event)))
  }

  /** Lets everyone at that `channel` step go on to the step after it. @throws {RangeError} when the scenario has none */
  endChannel(channel: string): void {
    this.#assertNamed('channel', channel)
    this.#stage.channels.end(channel)
  }

  /** How many are at that `channel` step. @throws {RangeError} when the scenario has none */
  listeners(channel: string): number {
    this.#assertNamed('channel', channel)
    return this.#stage.channels.count(channel)
  }

  /** A name that is written in another way than in the scenario would let a test wait for ever. */
  #assertNamed(kind: Named, name: string): void {
    assertNamed(this.#stage.scenario, kind, name)
  }
}
