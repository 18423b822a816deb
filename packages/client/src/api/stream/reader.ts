import type { Failure, ReplyFacts } from '../../core/failure.ts'
import { deferred, type Deferred } from '../deferred.ts'
import type { CloseReason } from '../../core/state.ts'
import { Strays, type Stray } from '../../io/strays.ts'
import type { Note, QueuedEvent } from '../../io/inflow.ts'
import type { Judgement, Preparing } from '../../io/owner.ts'
import { Repeats } from './repeats.ts'
import type { RequestPlan } from '../../io/request-plan.ts'
import { Whole } from '../../io/whole.ts'
import { isPromise } from '../decode/awaitable.ts'
import type { Decoded } from '../decode/decode.ts'
import { defect, serverError } from '../decode/decode-failure.ts'
import { Rhythm } from '../../io/rhythm.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import { stopReason } from './stop-reason.ts'
import { isTerminator, verdictOf, type RawEvent } from '../../core/reading.ts'
import { outcomeType, type Outcome } from './outcome.ts'
import { readRefusal } from './refusal.ts'
import type { Cursor, JsonValue } from '../resume/resume.ts'
import { serverErrorIn } from '../decode/server-error.ts'
import { Session, type Face } from '../session.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

/**
 * Decides what of the stream is handed over, and what the whole of it means: terminator, errors inside the stream,
 * repeats, where the consumer stands, and how it ended.
 */
export class Reader<Event extends StreamEvent<unknown>> implements Face {
  declare readonly session: Session
  readonly outcome: Deferred<Outcome> = deferred()
  readonly response: Deferred<Response> = deferred()
  /** Ends the wait for an event that is still being decoded. */
  interrupt: () => void = () => {}
  readonly readRefusal: NonNullable<Face['readRefusal']> = readRefusal
  readonly #plan: StreamPlan<Event>
  readonly #repeats: Repeats<Event>
  /** The terminator was met: the answer is complete. */
  #matched = false
  #hint: string
  // The members of the cursor: to make an object for each event would cost more than parsing it.
  #lastEventId: string
  #events: number
  #mark: JsonValue | undefined
  #skipped = 0
  #requestId: string | null = null
  #latest: Response | null = null
  #error: EventStreamError | null = null

  constructor(plan: StreamPlan<Event>) {
    const { cursor, terminator } = plan
    this.#plan = plan
    this.#hint = terminator.hint
    this.#lastEventId = cursor.lastEventId
    this.#events = cursor.events
    this.#mark = cursor.mark
    this.#repeats = new Repeats(plan.seen, plan.same)
    // An app that does not use `response` learns of the failure by iterating.
    this.response.promise.catch(() => {})
    this.session = new Session(plan.options, plan.policy, cursor.lastEventId, this)
  }

  /** What was handed over. */
  get cursor(): Cursor {
    const mark = this.#mark
    return {
      lastEventId: this.#lastEventId,
      events: this.#events,
      ...(mark !== undefined && { mark }),
    }
  }

  /** Why a loop is to throw, once the stream is over. */
  get error(): EventStreamError | null {
    return this.#isEmpty ? null : this.#error
  }

  get repeated(): number {
    return this.#repeats.count
  }

  /** The reply has brought nothing new yet. */
  get first(): boolean {
    return this.#repeats.before !== null
  }

  /** The event to hand over, or null. If a function of the app throws, the stream fails. */
  take(raw: QueuedEvent): Event | null | Promise<Event | null> {
    try {
      return this.#taken(raw)
    } catch (cause) {
      return this.#fail(defect(raw, cause))
    }
  }

  prepare(preparing: Preparing): Promise<RequestPlan | null> {
    return this.#plan.prepare(preparing, this.#parsed, this.#latest)
  }

  resumable(): boolean {
    return this.#plan.resumable(this.#parsed)
  }

  judge(): Judgement {
    const odd = this.session.inflow.strayLine
    const because = odd === '' ? '' : `; it held other lines, such as ${odd.slice(0, 100)}`
    return { verdict: verdictOf(this.#plan.terminator, this.#matched), hint: this.#hint + because }
  }

  /** The error in bare JSON whose last line only the end of the body ends. */
  lastWord(): Failure | null {
    return this.#failureOf(this.session.inflow.end())
  }

  newRhythm(): Rhythm {
    return new Rhythm()
  }

  newStrays(): Strays {
    return new Strays()
  }

  newWhole(): Whole {
    return new Whole()
  }

  onOpen(reply: ReplyFacts, response: Response): void {
    this.#requestId = reply.requestId
    this.#latest = response
    this.response.resolve(response)
  }

  onFirstByte(): void {
    this.#repeats.expect(this.cursor)
  }

  onNote(note: Note): void {
    // Before a lone ID the consumer has got everything. An ID with an event counts when that event is handed over.
    if (note.note === 'id' && note.before === undefined) this.#lastEventId = note.id
    const failure = note.note === 'stray' ? this.#failureOf(note.stray) : null
    if (failure !== null) this.#fail(failure)
  }

  onError(error: EventStreamError): void {
    if (!error.willRetry) this.#error = error
  }

  onClosed(reason: CloseReason): void {
    const error = this.#error
    const { cursor, session } = this
    let resumable = false
    try {
      resumable = reason.type !== 'complete' && this.#plan.resumable(cursor)
    } catch {
      // `ready` threw, and can end nothing that is over.
    }
    this.response.reject(reason.type === 'stopped' ? stopReason(reason.reason) : error)
    this.outcome.resolve({
      type: this.#isEmpty ? 'ended' : outcomeType(reason),
      ...(reason.type === 'stopped' && { by: reason.by }),
      events: cursor.events,
      skipped: this.#skipped,
      bytes: session.inflow.bytes,
      attempts: session.attempts,
      lastEventId: cursor.lastEventId,
      requestId: error?.requestId ?? this.#requestId,
      tail: session.inflow.tail,
      resumable,
      ...(error && { error }),
    })
    this.interrupt()
  }

  /** What the next attempt goes on from: the ID as parsed, since the events in the queue will still be handed over. */
  get #parsed(): Cursor {
    return { ...this.cursor, lastEventId: this.session.inflow.lastEventId }
  }

  /** A 204 that is no failure: no end was declared, or a cursor asked for what may be over. */
  get #isEmpty(): boolean {
    const { policy, terminator } = this.#plan
    return (
      this.#error?.code === 'no-content' && ((policy.cold && !this.#latest) || terminator.type === 'none')
    )
  }

  #failureOf(stray: Stray | null): Failure | null {
    const facts = stray && serverErrorIn(stray.value)
    return facts && serverError(facts, stray.text, this.first)
  }

  /** The rest of the queue is dropped: what goes on, if anything does, goes on from what was handed over. */
  #fail(failure: Failure): null {
    this.session.rewind(this.#lastEventId)
    this.session.driver.result({ type: 'fail', failure })
    return null
  }

  #taken(raw: QueuedEvent): Event | null | Promise<Event | null> {
    const { decode, plain, terminator } = this.#plan
    const matched = isTerminator(raw, terminator)
    if (matched && terminator.type === 'data') {
      this.#conclude(raw, matched)
      return null
    }
    if (decode === null) return this.#offer(raw, plain(raw), matched)
    const decoded = decode(raw, this.#events, this)
    if (!isPromise(decoded)) return this.#weigh(raw, decoded, matched)
    return Promise.resolve(decoded)
      .then((late) => {
        // What is weighed counts, and is handed over even if it ends the stream.
        this.interrupt = () => {}
        return this.#weigh(raw, late, matched)
      })
      .catch((cause: unknown) => this.#fail(defect(raw, cause)))
  }

  #weigh(raw: RawEvent, decoded: Decoded<Event>, matched: boolean): Event | null {
    // While it was decoded, perhaps by the very function that decodes.
    if (this.session.closed) return null
    if ('code' in decoded) return this.#fail(decoded)
    const { event, ends, failure } = decoded
    if (event !== null) return this.#offer(raw, event, matched || ends)
    this.#skipped++
    // A resume may need what is in an event that the app does not want, such as the ID of the answer in the first one.
    this.#move(raw, { ...raw, raw: raw.data })
    this.#tellSkipped(raw, failure)
    this.#conclude(raw, matched || ends)
    return null
  }

  /** Nobody wants the event, or it was refused and `onInvalid` skips it. */
  #tellSkipped({ type: name, lastEventId }: RawEvent, failure: Failure | null): void {
    const { attempts: attempt, driver } = this.session
    const error = failure && new EventStreamError(driver.clean(failure), { attempt })
    this.session.tell({ type: 'skipped', name, lastEventId, error })
  }

  #offer(raw: RawEvent, event: Event, matched: boolean): Event | null {
    const repeated = this.#repeats.has(event) && !matched
    if (!repeated) {
      this.#move(raw, event)
      this.#events++
      this.#repeats.handed(event)
      this.session.handed(event)
    }
    this.#conclude(raw, matched)
    return repeated ? null : event
  }

  #move(raw: RawEvent, event: StreamEvent<unknown>): void {
    const { track } = this.#plan
    if (track !== undefined) this.#mark = track(this.#mark, event)
    this.#lastEventId = raw.lastEventId
  }

  #conclude(raw: RawEvent, matched: boolean): void {
    const { terminator } = this.#plan
    if (matched) {
      this.#matched = true
      if (!terminator.end) this.session.driver.result({ type: 'finish' })
    } else if (terminator.type === 'data' && raw.type === terminator.data) this.#hint = terminator.misnamed
  }
}
