import type { Failure } from '../core/failure.ts'
import type { Acceptance, CloseReason } from '../core/state.ts'
import type { Read } from '../io/body.ts'
import type { Face } from './session.ts'
import type { Driver } from '../io/driver.ts'
import type { Inflow } from '../io/inflow.ts'

/**
 * Bytes that are parsed at a time. A page's read may bring megabytes of what piled up while listeners ran: parsed at
 * once, it would keep the page from everything else for longer than anybody should wait.
 */
const piece = 32 * 1024

/** What comes before the next read, once all events up to there are handed over. */
type Due =
  /** To parse what was read and is not parsed yet. */
  | { readonly type: 'rest'; readonly bytes: Uint8Array }
  /** A limit was passed. */
  | { readonly type: 'failure'; readonly failure: Failure }
  /** The body that was one event is over. */
  | { readonly type: 'end' }

/** Brings what comes of the connections to the parser, and tells them what it was. */
export class Intake {
  /** The number of the connection that the last bytes came from; -1 before the first. */
  connection = -1
  readonly #driver: Driver
  readonly #inflow: Inflow
  readonly #face: Face
  #due: Due | null = null
  /** Who waits for the next chunk. */
  #waiting: ((reason: CloseReason | null) => void) | null = null
  #sawEvent = false

  constructor(driver: Driver, inflow: Inflow, face: Face) {
    this.#driver = driver
    this.#inflow = inflow
    this.#face = face
  }

  /** Waits for the next chunk of any connection. Gives the reason once there will be none. Only one call at a time. */
  more(): Promise<CloseReason | null> {
    const due = this.#due
    this.#due = null
    if (due?.type === 'failure') this.fail(due.failure)
    if (due?.type === 'end') this.#end(null, this.connection)
    if (due?.type === 'rest' && this.#driver.epoch === this.connection) {
      this.#parse(due.bytes)
      return Promise.resolve(null)
    }
    // One promise, and no `await`, whose frame would be kept for as long as the connection waits.
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.advance()
    })
  }

  /** A body can be read, or there will be none any more: whoever waits for that goes on. */
  advance(): void {
    const { state, body } = this.#driver
    if (this.#waiting === null) return
    if (state.type === 'closed') return this.#give(state.reason)
    if (state.type !== 'open' || body === null) return
    const connection = state.ledger.epoch
    body.next((read) => {
      // What was dropped meanwhile ends, which means nothing.
      if (this.#driver.epoch === connection) this.#take(read, connection, state.body)
    })
  }

  /** Drops what was parsed and not handed over: it is asked for again, or the stream is at its end. */
  drop(): void {
    this.#due = null
    this.#inflow.clear()
  }

  fail(failure: Failure): void {
    this.drop()
    this.#driver.result({ type: 'fail', failure })
  }

  #give(reason: CloseReason | null): void {
    const resolve = this.#waiting
    this.#waiting = null
    resolve?.(reason)
  }

  #take(read: Read, connection: number, acceptance: Acceptance): void {
    const whole = acceptance === 'event'
    const over = 'failure' in read
    if (over && (!whole || read.failure !== null)) return this.#end(read.failure, connection)
    if (connection !== this.connection) this.#begin(connection, whole)
    if (over) {
      this.#inflow.endWhole()
      this.#due = { type: 'end' }
      this.#arrive()
    } else {
      this.#parse(read)
    }
    this.#give(null)
  }

  #end(failure: Failure | null, connection: number): void {
    this.#driver.end(this.#face.lastWord?.() ?? failure, connection)
  }

  #begin(connection: number, whole: boolean): void {
    this.connection = connection
    this.#sawEvent = false
    this.#due = null
    this.#inflow.open(whole ? this.#face.newWhole?.() : undefined)
    this.#driver.result({ type: 'first-byte' })
  }

  /** Parses the start of what was read and keeps the rest for the next call. */
  #parse(bytes: Uint8Array): void {
    const long = bytes.byteLength > piece
    const failure = this.#inflow.feed(long ? bytes.subarray(0, piece) : bytes)
    if (failure !== null) this.#due = { type: 'failure', failure }
    else if (long) this.#due = { type: 'rest', bytes: bytes.subarray(piece) }
    this.#arrive()
  }

  /** The first event of a connection is news to it. */
  #arrive(): void {
    if (this.#sawEvent || this.#inflow.arrived === 0) return
    this.#sawEvent = true
    this.#driver.body?.sawEvent()
    this.#driver.result({ type: 'first-event' }, this.connection)
  }
}
