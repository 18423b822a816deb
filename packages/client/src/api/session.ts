import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { Policy } from '../core/policy.ts'
import type { RawEvent } from '../core/reading.ts'
import type { CloseReason } from '../core/state.ts'
import type { Deadline } from '../io/body.ts'
import { Driver, type Pulled } from '../io/driver.ts'
import { Inflow, type Item } from '../io/inflow.ts'
import type { Listener, Report } from '../io/listener.ts'
import type { Owner } from '../io/owner.ts'
import { systemRuntime, type Runtime } from '../io/runtime.ts'
import { EventStreamError } from './event-stream-error.ts'
import { overlongId } from './last-event-id.ts'
import type { Happening } from './observation.ts'
import { defaults, type ConnectionOptions } from './options.ts'
import { Patience } from './patience.ts'
import { reportUncaught } from './report-uncaught.ts'

/**
 * Bytes that are parsed at a time. A page's read may bring megabytes of what piled up while listeners ran: parsed at
 * once, it would keep the page from everything else for longer than anybody should wait.
 */
const piece = 32 * 1024

const none: readonly never[] = []

/** What the class and the stream do differently. */
export interface Face extends Owner {
  onOpen(reply: ReplyFacts, response: Response): void
  /** An attempt failed, or a connection ended: before the wait, or as the last word. */
  onError(error: EventStreamError): void
  onClosed(reason: CloseReason): void
}

/** One event stream over any number of connections: the driver, the parser's queue, and what is told of them. */
export class Session implements Listener {
  readonly driver: Driver
  readonly inflow: Inflow
  readonly runtime: Runtime
  readonly #options: ConnectionOptions
  readonly #face: Face
  readonly #patience: Patience
  readonly #unfollow: (() => void) | null
  #connection = -1
  #failure: Failure | null = null
  /** What was read and is not parsed yet. */
  #rest: Uint8Array | null = null
  #ended = false
  #sawEvent = false
  /** Of a body that is one event. */
  #whole: Uint8Array[] | null = null

  constructor(
    options: ConnectionOptions,
    policy: Policy,
    kind: 'class' | 'subscription' | 'answer',
    lastEventId: string,
    face: Face,
  ) {
    this.runtime = options.runtime ?? systemRuntime
    this.#options = options
    this.#face = face
    this.#patience = new Patience(options.timeouts, kind)
    this.inflow = new Inflow({ ...defaults.limits, ...options.limits }, lastEventId)
    this.driver = new Driver(policy, this.runtime, options, face, this)
    this.#unfollow = follow(options.signal, (reason) => this.#stop(reason))
  }

  patience(since: number): Deadline | null {
    return this.#patience.deadline(since)
  }

  onOpen(reply: ReplyFacts, response: Response): void {
    this.#patience.opened()
    this.tell({ type: 'open' })
    this.#face.onOpen(reply, response)
  }

  onReport({ failure, willRetry, delay }: Report): void {
    if (failure !== null) {
      const error = this.#errorOf(failure, willRetry, delay)
      this.tell({ type: 'error', error })
      this.#face.onError(error)
    }
    if (delay !== null) this.tell({ type: 'scheduled', delay })
  }

  onClosed(reason: CloseReason): void {
    this.inflow.clear()
    this.#unfollow?.()
    this.tell({ type: 'close', reason: reason.type === 'stopped' ? reason.by : reason.type })
    this.#face.onClosed(reason)
  }

  #errorOf(failure: Failure, willRetry: boolean, delay: number | null): EventStreamError {
    return new EventStreamError(failure, { attempt: this.attempts, willRetry, delay })
  }

  #stop(reason: unknown): void {
    this.driver.command({ type: 'close', by: 'signal', reason })
  }

  get attempts(): number {
    return this.driver.state.ledger.attempt
  }

  /** The number of the connection that the last bytes came from; -1 before the first. */
  get connection(): number {
    return this.#connection
  }

  get closed(): boolean {
    return this.driver.state.type === 'closed'
  }

  /** The request goes out a microtask later; none does when the signal is aborted already. */
  start(): void {
    const { signal } = this.#options
    if (signal?.aborted === true) this.#stop(signal.reason)
    else queueMicrotask(() => this.driver.start())
  }

  /** Drops what was parsed and not handed over, to go on from an earlier event ID. */
  rewind(lastEventId: string): void {
    this.#failure = null
    this.inflow.clear()
    this.inflow.lastEventId = lastEventId
  }

  /** The next event or note of the stream, in order, or undefined: then `more` is to be called. */
  shift(): Item | undefined {
    const item = this.inflow.shift()
    if (item !== undefined && 'note' in item) this.#note(item)
    return item
  }

  /** Waits for the next chunk of any connection. Gives the reason once there will be none. Only one call at a time. */
  more(): Promise<CloseReason | null> {
    if (this.#failure !== null) this.fail(this.#failure)
    if (this.#ended) {
      this.#ended = false
      this.driver.end(this.#connection, null)
    }
    if (this.#rest !== null && this.driver.state.ledger.epoch === this.#connection) {
      this.#parse(this.#rest)
      return Promise.resolve(null)
    }
    // One promise, and no `await`, whose frame would be kept for as long as the connection waits.
    return new Promise((resolve) => {
      this.driver.pull((pulled) => resolve(pulled instanceof Promise ? pulled : this.#take(pulled)))
    })
  }

  #take(pulled: Pulled): CloseReason | null {
    if (pulled.type === 'closed') return pulled.reason
    if (pulled.connection !== this.#connection) this.#begin(pulled.connection)
    if (pulled.type === 'bytes') this.#patience.bytes(this.runtime.now())
    if (pulled.type === 'over') {
      this.inflow.whole(this.#whole ?? none)
      this.#whole = null
      this.#ended = true
      this.#arrive()
    } else if (pulled.body === 'event') this.#gather(pulled.bytes)
    else this.#parse(pulled.bytes)
    return null
  }

  /** The first event of a connection is news to it. */
  #arrive(): void {
    if (this.#sawEvent || this.inflow.arrived === 0) return
    this.#sawEvent = true
    this.#patience.event()
    this.driver.result({ type: 'first-event' }, this.#connection)
  }

  finish(): void {
    this.driver.result({ type: 'finish' })
  }

  fail(failure: Failure): void {
    this.#failure = null
    this.inflow.clear()
    this.driver.result({ type: 'fail', failure })
  }

  /** Somebody looks at what happens: without, an event is not even described. */
  get observed(): boolean {
    return this.#options.observe !== undefined
  }

  /** An event was not handed over: it is not wanted, or it was refused and is not missed. */
  skipped({ type: name, lastEventId }: RawEvent, failure: Failure | null): void {
    const error = failure === null ? null : this.#errorOf(failure, false, null)
    this.tell({ type: 'skipped', name, lastEventId, error })
  }

  /** An observer that throws is a bug of the app's; it must not stop the stream that it looks at. */
  tell(happening: Happening): void {
    const { observe } = this.#options
    if (observe === undefined) return
    try {
      observe({ ...happening, at: this.runtime.now(), attempt: this.attempts })
    } catch (error) {
      reportUncaught(error)
    }
  }

  /** Parses the start of what was read and keeps the rest for the next call. */
  #parse(bytes: Uint8Array): void {
    const whole = bytes.byteLength <= piece
    this.#failure = this.inflow.feed(whole ? bytes : bytes.subarray(0, piece))
    this.#rest = whole || this.#failure !== null ? null : bytes.subarray(piece)
    this.#arrive()
  }

  #gather(bytes: Uint8Array): void {
    this.#whole ??= []
    this.#whole.push(bytes)
    this.inflow.bytes += bytes.byteLength
    const size = this.#whole.reduce((sum, chunk) => sum + chunk.byteLength, 0)
    if (size > this.inflow.maxBufferSize)
      this.#failure = { code: 'too-large', limit: 'body', bytes: this.inflow.maxBufferSize }
  }

  #begin(connection: number): void {
    this.#connection = connection
    this.#sawEvent = false
    this.#failure = null
    this.#rest = null
    this.#ended = false
    this.#whole = null
    this.inflow.open()
    this.driver.result({ type: 'first-byte' })
  }

  #note(note: Extract<Item, { note: string }>): void {
    switch (note.note) {
      case 'comment':
        this.#patience.comment(this.runtime.now())
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

/** Calls once when the signal aborts; gives what lets go of it. */
function follow(signal: AbortSignal | undefined, stop: (reason: unknown) => void): (() => void) | null {
  if (signal === undefined) return null
  const onAbort = () => stop(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}
