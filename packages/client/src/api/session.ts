import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { Policy } from '../core/policy.ts'
import type { RawEvent } from '../core/reading.ts'
import type { CloseReason } from '../core/state.ts'
import { Driver } from '../io/driver.ts'
import { Inflow, type Note, type QueuedEvent } from '../io/inflow.ts'
import type { Listener } from '../io/listener.ts'
import type { Owner } from '../io/owner.ts'
import type { Strays } from '../io/strays.ts'
import type { Whole } from '../io/whole.ts'
import { systemRuntime, type Runtime } from '../io/runtime.ts'
import { EventStreamError } from './event-stream-error.ts'
import { Intake } from './intake.ts'
import { overlongId } from './last-event-id.ts'
import type { Happening } from './observation.ts'
import { defaults, type ConnectionOptions } from './options.ts'
import { reportUncaught } from './report-uncaught.ts'

/** What the class and the stream do differently. */
export interface Face extends Owner {
  onOpen(reply: ReplyFacts, response: Response): void
  /** An attempt failed, or a connection ended: before the wait, or as the last word. */
  onError(error: EventStreamError): void
  onClosed(reason: CloseReason): void
  /** What stands between the events, in its place. */
  onNote(note: Note): void
  /** The body is over: an error that only its end shows. */
  lastWord?(): Failure | null
  /** Looks at lines that are no field of an event. */
  readonly newStrays?: () => Strays
  /** Takes a body that is one event, as a protocol may have it. */
  readonly newWhole?: () => Whole
}

/** One event stream over any number of connections: the driver, the parser's queue, and what is told of them. */
export class Session implements Listener {
  readonly driver: Driver
  readonly inflow: Inflow
  readonly #runtime: Runtime
  readonly #options: ConnectionOptions
  readonly #face: Face
  readonly #unfollow: (() => void) | null
  readonly #intake: Intake

  constructor(options: ConnectionOptions, policy: Policy, lastEventId: string, face: Face) {
    this.#runtime = options.runtime ?? systemRuntime
    this.#options = options
    this.#face = face
    this.inflow = new Inflow({ ...defaults.limits, ...options.limits }, lastEventId, face.newStrays)
    this.driver = new Driver(policy, this.#runtime, options, face, this)
    this.#intake = new Intake(this.driver, this.inflow, face)
    this.#unfollow = follow(options.signal, (reason) => this.#stop(reason))
  }

  onOpen(reply: ReplyFacts, response: Response): void {
    if (this.#tellFirst({ type: 'open' })) this.#face.onOpen(reply, response)
  }

  onBody(): void {
    this.#intake.advance()
  }

  onWait(failure: Failure | null, delay: number | null): void {
    const { epoch } = this.driver
    if (failure !== null) this.#tellError(failure, true, delay)
    if (delay !== null && this.driver.epoch === epoch) this.tell({ type: 'scheduled', delay })
  }

  #tellError(failure: Failure, willRetry: boolean, delay: number | null): void {
    const error = this.#errorOf(failure, willRetry, delay)
    if (this.#tellFirst({ type: 'error', error })) this.#face.onError(error)
  }

  /** False when the observer has closed or reconnected: then nothing more is told of what that left. */
  #tellFirst(happening: Happening): boolean {
    const { epoch } = this.driver
    this.tell(happening)
    return this.driver.epoch === epoch
  }

  onClosed(reason: CloseReason): void {
    if (reason.type === 'failed') this.#tellError(reason.failure, false, null)
    this.inflow.clear()
    this.#unfollow?.()
    this.tell({ type: 'close', reason: reason.type === 'stopped' ? reason.by : reason.type })
    this.#face.onClosed(reason)
    this.#intake.advance()
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
    return this.#intake.connection
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
    this.#intake.drop()
    this.inflow.lastEventId = lastEventId
  }

  /** The next event of the stream, or undefined: then `more` is to be called. What stands before it is told first. */
  shift(): QueuedEvent | undefined {
    let item = this.inflow.shift()
    for (; item !== undefined && 'note' in item; item = this.inflow.shift()) {
      this.#note(item)
      this.#face.onNote(item)
    }
    return item
  }

  /** Waits for the next chunk of any connection. Gives the reason once there will be none. Only one call at a time. */
  more(): Promise<CloseReason | null> {
    return this.#intake.more()
  }

  finish(): void {
    this.driver.result({ type: 'finish' })
  }

  fail(failure: Failure): void {
    this.#intake.fail(failure)
  }

  /** Somebody looks at what happens: without, an event is not even described. */
  get observed(): boolean {
    return this.#options.observe !== undefined
  }

  /** An event was not handed over: it is not wanted, or it was refused and is not missed. */
  skipped({ type: name, lastEventId }: RawEvent, failure: Failure | null): void {
    const error = failure === null ? null : this.#errorOf(this.driver.clean(failure), false, null)
    this.tell({ type: 'skipped', name, lastEventId, error })
  }

  /** An observer that throws is a bug of the app's; it must not stop the stream that it looks at. */
  tell(happening: Happening): void {
    const { observe } = this.#options
    if (observe === undefined) return
    try {
      observe({ ...happening, at: this.#runtime.now(), attempt: this.attempts })
    } catch (error) {
      reportUncaught(error)
    }
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

/** Calls once when the signal aborts; gives what lets go of it. */
function follow(
  signal: AbortSignal | null | undefined,
  stop: (reason: unknown) => void,
): (() => void) | null {
  if (!signal) return null
  const onAbort = () => stop(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return () => signal.removeEventListener('abort', onAbort)
}
