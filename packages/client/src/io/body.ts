import { anotherTask, patient } from '#platform'
import type { Failure } from '../core/failure.ts'
import type { Timeouts } from '../core/policy.ts'
import { failureOf } from './network-failure.ts'
import type { Rhythm } from './rhythm.ts'
import type { Runtime } from './runtime.ts'
import { bytesOf, unreadable, type Source } from './source.ts'

/** What one read brought. */
export type Read = Uint8Array | End

/** The body is over. `failure`: null for a clean end. */
export interface End {
  readonly failure: Failure | null
}

/** How long a body may be silent while its consumer waits, in ms. `idle` null: as the server's rhythm tells, for subscriptions. */
export type Silences = Pick<Timeouts, 'firstEvent' | 'idle'>

/** How far the body is read ahead of its consumer: what has arrived survives a reset, and memory stays bounded. */
const readAhead = 512 * 1024
/**
 * The same in chunks: a chunk of one byte takes two hundred. To take the first of so many costs V8 a tenth of a µs; of
 * 12,000 it would move all the others, for 20 µs.
 */
const chunksAhead = 8000
/** After so many reads, timers and an abort get a turn: a source that is always ready leaves them none. */
const readsInARow = 64

/**
 * Reads a body a bounded way ahead of its consumer. Its clock runs only while the consumer waits and nothing is
 * there: a consumer that thinks for minutes is not a silent server.
 */
export class Body {
  /** Tells the idle timeout where `timeouts.idle` is null; null for the class, whose idle timeout is a number, or off. */
  declare readonly rhythm: Rhythm | null
  readonly #source: Source
  readonly #runtime: Runtime
  readonly #timeouts: Silences
  readonly #onDemand: boolean
  /** Reads that came while nobody waited. */
  readonly #queue: Uint8Array[] = []
  #queued = 0
  #reading = false
  #reads = 0
  #end: End | null = null
  #waiting: ((read: Read) => void) | null = null
  #waitingSince = 0
  /** When the consumer first waited: the firstEvent timeout counts from then. Infinity, once an event has come. */
  #firstWait: number | null = null
  #stopTimer: (() => void) | null = null

  /** `onDemand`: nothing is read ahead. */
  constructor(
    source: Source,
    runtime: Runtime,
    timeouts: Silences,
    rhythm: Rhythm | null = null,
    onDemand: boolean = false,
  ) {
    this.#source = source
    this.#runtime = runtime
    this.#timeouts = timeouts
    this.#onDemand = onDemand
    this.rhythm = rhythm
  }

  /** Calls `take` with the next read, at once where there is one. One call at a time. No promise: thousands may wait. */
  next(take: (read: Read) => void): void {
    // Asked for at every read, even if nobody has to wait: virtual time sees by it that the program is at work.
    const now = this.#runtime.now()
    const bytes = this.#queue.shift()
    if (bytes !== undefined) {
      this.#queued -= bytes.byteLength
      this.#pump()
      return take(bytes)
    }
    if (this.#end !== null) return take(this.#end)
    this.#waiting = take
    this.#waitingSince = now
    this.#pump()
    if (this.#stopTimer === null) this.#watch()
  }

  /** An event has come: none is waited for any more. */
  sawEvent(): void {
    this.#firstWait = Infinity
    // Set for the first event, it may be due long after the silence that the server's rhythm allows.
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  /** Lets go of the body: what was read ahead is dropped, a pending `next` ends; once `ready`, its source is told. */
  async cancel(reason: unknown, ready?: Promise<void>): Promise<void> {
    this.#queue.length = 0
    this.#give({ failure: null })
    try {
      await ready
      await this.#source.cancel(reason)
    } catch {
      // A broken body rejects with the error that was reported before; a reader that an app made by hand may throw.
    }
  }

  #pump(): void {
    if (this.#reading) return
    if (this.#queued >= readAhead || this.#queue.length >= chunksAhead) return
    if (this.#onDemand && this.#waiting === null) return
    this.#reading = true
    this.#reads = (this.#reads + 1) % readsInARow
    if (this.#reads > 0) this.#read()
    else void anotherTask().then(() => this.#read())
  }

  #read(): void {
    if (this.#end !== null) return
    const broken = (cause: unknown) => this.#give({ failure: failureOf(cause) })
    try {
      this.#source.read().then((result) => this.#got(result), broken)
    } catch (cause) {
      // Only a reader that an app wrote by hand throws, or gives no promise.
      broken(cause)
    }
  }

  #got(result: Awaited<ReturnType<Source['read']>> | undefined): void {
    this.#reading = false
    if (!result || result.done) this.#give({ failure: null })
    else if (result.value !== undefined) {
      this.rhythm?.heard(this.#runtime.now())
      this.#give(bytesOf(result.value) ?? { failure: unreadable })
    }
    this.#pump()
  }

  #give(read: Read): void {
    if (this.#end !== null) return
    const resolve = this.#waiting
    this.#waiting = null
    if ('failure' in read) {
      this.#end = read
      this.#stopTimer?.()
    } else if (resolve === null) {
      this.#queue.push(read)
      this.#queued += read.byteLength
    }
    resolve?.(read)
  }

  /** One timer, set again only when it fires: setting one for each chunk would cost more than parsing it. */
  #watch(): void {
    this.#stopTimer = null
    if (this.#waiting === null) return
    const { firstEvent, idle: given } = this.#timeouts
    const idle = given ?? this.rhythm?.idle ?? Infinity
    this.#firstWait ??= this.#waitingSince
    const first = this.#firstWait + firstEvent
    const quiet = this.#waitingSince + idle
    const left = Math.min(first, quiet) - this.#runtime.now()
    if (left === Infinity) return
    const sleep = (ms: number, wake: () => void): void => {
      this.#stopTimer = patient(this.#runtime).sleep(ms, wake, true)
    }
    // Twice: whoever stood still (in a debugger, an alert) runs its timers before it reads what has come meanwhile.
    if (left > 0) return sleep(left, () => sleep(0, () => this.#watch()))
    const timeout = first < quiet ? 'firstEvent' : 'idle'
    this.#give({ failure: { code: 'timeout', timeout, after: { firstEvent, idle }[timeout] } })
  }
}
