import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { Policy } from '../core/policy.ts'
import type { RawEvent } from '../core/reading.ts'
import type { CloseReason } from '../core/state.ts'
import type { Read } from '../io/body.ts'
import { Driver } from '../io/driver.ts'
import { Inflow, type Note, type QueuedEvent } from '../io/inflow.ts'
import type { Listener } from '../io/listener.ts'
import type { Owner } from '../io/owner.ts'
import type { Strays } from '../io/strays.ts'
import type { Whole } from '../io/whole.ts'
import { systemRuntime, type Runtime } from '../io/runtime.ts'
import { EventStreamError } from './errors/event-stream-error.ts'
import { given } from './given.ts'
import { overlongId } from './request/last-event-id.ts'
import type { Happening } from './observation.ts'
import { defaults, type ConnectionOptions } from './options.ts'
import { reportUncaught } from './errors/report-uncaught.ts'

/** What the class and the stream do differently. */
export interface Face extends Owner {
  onOpen(reply: ReplyFacts, response: Response): void
  /** The first bytes of a connection have come. */
  onFirstByte?(): void
  /** An attempt or a connection failed: told before the wait, or as the last word. */
  onError(error: EventStreamError): void
  onClosed?(reason: CloseReason): void
  /** What came between the events, in its place. */
  onNote(note: Note): void
  /** Asked when the body is over: an error that only its end shows. */
  lastWord?(): Failure | null
  /** Makes what looks at lines that are no field of an event. */
  readonly newStrays?: () => Strays
  /** Makes what takes a body that is one event, as a protocol may have it. */
  readonly newWhole?: () => Whole
}

/**
 * How many bytes are parsed at a time. In a page one read may bring megabytes that piled up while listeners ran: parsed
 * all at once they would block the page.
 */
const piece = 32 * 1024

/** One event stream over any number of connections: brings their bytes to the parser, and tells what comes of them. */
export class Session implements Listener {
  declare readonly driver: Driver
  declare readonly inflow: Inflow
  readonly #runtime: Runtime
  readonly #observe: ConnectionOptions['observe']
  readonly #face: Face
  /** The number of the connection that the last bytes came from. */
  #connection = -1
  /** What was read and is not parsed yet: bytes, since a closure that parses them would hold all of the read in memory. */
  #rest: Uint8Array | null = null
  /** To be done before the next read, once all events up to there are handed over. */
  #due: (() => void) | null = null
  /** Resolves the wait for the next chunk. */
  #waiting: ((reason: CloseReason | null) => void) | null = null

  constructor(options: ConnectionOptions, policy: Policy, lastEventId: string, face: Face) {
    this.#runtime = options.runtime ?? systemRuntime
    this.#observe = options.observe
    this.#face = face
    const limits = { ...defaults.limits, ...given(options.limits) }
    this.inflow = new Inflow(limits, lastEventId, policy.retry.initialDelay, face.newStrays)
    this.driver = new Driver(policy, this.#runtime, options, face, this)
  }

  get attempts(): number {
    return this.driver.state.ledger.attempt
  }

  get closed(): boolean {
    return this.driver.state.type === 'closed'
  }

  /** The next event of the stream, or undefined: then call `more`. What came before it is told first. */
  shift(): QueuedEvent | undefined {
    let item = this.inflow.shift()
    for (; item !== undefined && 'note' in item; item = this.inflow.shift()) {
      this.#face.onNote(item)
      this.#note(item)
    }
    return item
  }

  /** Waits for the next chunk of any connection. Resolves to the reason once there will be none. One call at a time. */
  more(): Promise<CloseReason | null> {
    const due = this.#due
    const rest = this.#rest
    this.#due = this.#rest = null
    due?.()
    if (rest !== null && this.driver.epoch === this.#connection) {
      this.#parse(rest)
      return Promise.resolve(null)
    }
    // A bare promise: the frame of an `await` would be kept for as long as the connection waits.
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.onBody()
    })
  }

  /** Drops what was parsed and not handed over, to go on from an earlier event ID. */
  rewind(lastEventId: string): void {
    this.#due = this.#rest = null
    this.inflow.clear()
    this.inflow.lastEventId = lastEventId
  }

  /** An event was handed over. Without an observer no object is made to describe it. */
  handed({ type: name, lastEventId }: Pick<RawEvent, 'type' | 'lastEventId'>): void {
    if (this.#observe) this.tell({ type: 'event', name, lastEventId })
  }

  /** Tells the observer. One that throws is a bug of the app's, and must not stop the stream. */
  tell(happening: Happening): void {
    const observe = this.#observe
    if (!observe) return
    try {
      observe({ ...happening, received: this.inflow.bytes, attempt: this.attempts, at: this.#runtime.now() })
    } catch (error) {
      reportUncaught(error)
    }
  }

  onOpen(reply: ReplyFacts, response: Response): void {
    if (this.#tellFirst({ type: 'open' })) this.#face.onOpen(reply, response)
  }

  /** There is a body, or there will be none any more: the wait for the next chunk goes on. */
  onBody(): void {
    const { state, body } = this.driver
    if (this.#waiting === null) return
    if (state.type === 'closed') return this.#give(state.reason)
    if (state.type !== 'open') return
    const { epoch } = this.driver
    body?.next((read) => {
      // A connection that was left meanwhile ends its read, too: that means nothing.
      if (this.driver.epoch === epoch) this.#take(read, epoch, state.body === 'event')
    })
  }

  onWait(failure: Failure | null, delay: number | null): void {
    const { epoch } = this.driver
    if (failure !== null) this.#tellError(failure, true, delay)
    if (delay !== null && this.driver.epoch === epoch) this.tell({ type: 'scheduled', delay })
  }

  onClosed(reason: CloseReason): void {
    if (reason.type === 'failed') this.#tellError(reason.failure, false, null)
    this.inflow.clear()
    this.tell({ type: 'close', reason: reason.type === 'stopped' ? reason.by : reason.type })
    this.#face.onClosed?.(reason)
    this.onBody()
  }

  #tellError(failure: Failure, willRetry: boolean, delay: number | null): void {
    const error = new EventStreamError(failure, { attempt: this.attempts, willRetry, delay })
    if (this.#tellFirst({ type: 'error', error })) this.#face.onError(error)
  }

  /** False when the observer has closed or reconnected: then nothing more is told of what that left. */
  #tellFirst(happening: Happening): boolean {
    const { epoch } = this.driver
    this.tell(happening)
    return this.driver.epoch === epoch
  }

  #give(reason: CloseReason | null): void {
    const resolve = this.#waiting
    this.#waiting = null
    resolve?.(reason)
  }

  /** `whole`: the body is one event. */
  #take(read: Read, connection: number, whole: boolean): void {
    const over = 'failure' in read
    const end = () => {
      if (over) this.driver.end(this.#face.lastWord?.() ?? read.failure, connection)
    }
    if (over && (!whole || read.failure !== null)) return end()
    if (connection !== this.#connection) this.#begin(connection, whole)
    if (over) {
      // The body was one event: that is handed over first, its end comes after it.
      this.#due = end
      this.inflow.endWhole()
      this.#arrive()
    } else this.#parse(read)
    this.#give(null)
  }

  #begin(connection: number, whole: boolean): void {
    this.#connection = connection
    this.#due = this.#rest = null
    this.inflow.open(whole ? this.#face.newWhole?.() : undefined)
    this.driver.result({ type: 'first-byte' })
    this.#face.onFirstByte?.()
  }

  /** Parses the start of what was read and keeps the rest for the next call. */
  #parse(bytes: Uint8Array): void {
    const long = bytes.byteLength > piece && !this.#face.given
    const failure = this.inflow.feed(long ? bytes.subarray(0, piece) : bytes)
    if (failure !== null) this.#due = () => this.driver.result({ type: 'fail', failure })
    else if (long) this.#rest = bytes.subarray(piece)
    this.#arrive()
  }

  /** Tells the connection of its first event. */
  #arrive(): void {
    const { state, body } = this.driver
    if (this.inflow.arrived === 0 || state.type !== 'open' || state.eventful) return
    body?.sawEvent()
    this.driver.result({ type: 'first-event' })
  }

  #note(note: Note): void {
    switch (note.note) {
      case 'comment':
        this.driver.body?.rhythm?.beat(this.#runtime.now())
        return this.tell({ type: 'comment', comment: note.comment })
      case 'retry':
        this.driver.result({ type: 'retry', ms: note.ms })
        return this.tell({ type: 'retry', ms: note.ms })
      case 'id': {
        this.tell({ type: 'id', id: note.id })
        const bytes = overlongId(note.id)
        if (bytes !== null) this.tell({ type: 'id-too-long', bytes })
      }
    }
  }
}
