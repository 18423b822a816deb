import { anotherTask } from '#platform'
import type { Failure } from '../core/failure.ts'
import { Fifo } from './fifo.ts'
import type { Runtime } from './runtime.ts'
import { bytesOf, unreadable, type Source } from './source.ts'

/** What one read brought. */
export type Read = { readonly type: 'bytes'; readonly bytes: Uint8Array } | End

/** How a body is over. */
export type End =
  | { readonly type: 'end' }
  /** The runtime says so: its words are not for everybody. */
  | { readonly type: 'broken'; readonly cause: unknown }
  /** Nothing came for too long, or nothing that can be read. */
  | { readonly type: 'failed'; readonly failure: Failure }

/** When a wait is given up. */
export interface Deadline {
  readonly timeout: 'firstEvent' | 'idle'
  /** Monotonic ms. */
  readonly at: number
  /** The ms that were allowed. */
  readonly after: number
}

/** Says how long is waited. */
export interface Patient {
  /** The deadline of a wait that began at `since`; asked anew whenever the timer fires. */
  patience(since: number): Deadline | null
}

/** How far the body is read ahead of its consumer: what has arrived survives a reset, and memory stays bounded. */
const readAhead = 512 * 1024
/** And in chunks: one may be a byte, and costs two hundred. */
const chunksAhead = 16_384
/** So many reads may be answered at once, by a source that never waits: then timers have their turn, and an abort. */
const readsInARow = 64

/**
 * Reads a body a bounded way ahead of its consumer. Its clock runs only while the consumer waits and nothing is
 * there: a consumer that thinks for minutes is not a silent server.
 */
export class Body {
  readonly #source: Source
  readonly #runtime: Runtime
  readonly #patient: Patient
  /** Null until something comes that nobody waits for. */
  #queue: Fifo<Read> | null = null
  #queued = 0
  #reading = false
  #reads = 0
  #over = false
  #waiting: ((read: Read) => void) | null = null
  #waitingSince = 0
  #stopTimer: (() => void) | null = null

  constructor(source: Source, runtime: Runtime, patient: Patient) {
    this.#source = source
    this.#runtime = runtime
    this.#patient = patient
  }

  /** Gives the next read, at once where there is one. Only one call at a time. No promise: thousands may wait. */
  next(take: (read: Read) => void): void {
    // Looked at for every read, also where nobody waits: virtual time tells by it that something goes on.
    const now = this.#runtime.now()
    const ready = this.#queue?.shift()
    if (ready !== undefined) {
      if (ready.type === 'bytes') this.#queued -= ready.bytes.byteLength
      this.#pump()
      return take(ready)
    }
    this.#waiting = take
    this.#waitingSince = now
    this.#pump()
    if (this.#stopTimer === null) this.#watch()
  }

  /** Lets go of the body: the socket closes, what was read ahead is dropped, a pending `next` ends. */
  async cancel(reason: unknown): Promise<void> {
    const live = !this.#over
    this.#queue?.clear()
    this.#give({ type: 'end' })
    // A body that is already broken rejects the cancel with the error that was told before.
    if (live) await this.#source.cancel(reason).catch(() => {})
  }

  #pump(): void {
    if (this.#reading || this.#over) return
    if (this.#queued >= readAhead || (this.#queue?.length ?? 0) >= chunksAhead) return
    this.#reading = true
    this.#reads = (this.#reads + 1) % readsInARow
    if (this.#reads > 0) this.#read()
    else void anotherTask().then(() => this.#read())
  }

  #read(): void {
    if (this.#over) return
    const broken = (cause: unknown) => this.#give({ type: 'broken', cause })
    try {
      this.#source.read().then((result) => this.#got(result), broken)
    } catch (cause) {
      // Only a reader that an app wrote by hand throws, or gives no promise.
      broken(cause)
    }
  }

  #got(result: Awaited<ReturnType<Source['read']>> | undefined): void {
    this.#reading = false
    if (!result || result.done) this.#give({ type: 'end' })
    else if (result.value !== undefined) this.#take(result.value)
    this.#pump()
  }

  #take(chunk: unknown): void {
    const bytes = bytesOf(chunk)
    if (bytes !== null) return this.#give({ type: 'bytes', bytes })
    this.#fail(unreadable)
  }

  #give(read: Read): void {
    if (this.#over) return
    if (read.type !== 'bytes') {
      this.#over = true
      this.#stopTimer?.()
    }
    const resolve = this.#waiting
    this.#waiting = null
    if (resolve !== null) return resolve(read)
    this.#queue ??= new Fifo()
    this.#queue.push(read)
    if (read.type === 'bytes') this.#queued += read.bytes.byteLength
  }

  /** One timer that is moved only when it fires: setting one for each chunk would cost more than parsing it. */
  #watch(): void {
    this.#stopTimer = null
    if (this.#waiting === null || this.#over) return
    const deadline = this.#patient.patience(this.#waitingSince)
    if (deadline === null) return
    const left = deadline.at - this.#runtime.now()
    if (left > 0) {
      this.#stopTimer = this.#runtime.sleep(left, () => this.#watch(), true)
      return
    }
    this.#fail({ code: 'timeout', timeout: deadline.timeout, after: deadline.after })
  }

  #fail(failure: Failure): void {
    this.#give({ type: 'failed', failure })
    this.#source.cancel(failure.code).catch(() => {})
  }
}
