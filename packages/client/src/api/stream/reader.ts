import type { Failure } from '../../core/failure.ts'
import {
  advance,
  hintOf,
  isTerminator,
  unread,
  verdictOf,
  type RawEvent,
  type Reading,
} from '../../core/reading.ts'
import type { Judgement } from '../../io/owner.ts'
import type { Inflow, Note, QueuedEvent } from '../../io/inflow.ts'
import type { Stray } from '../../io/strays.ts'
import { isPromise } from '../decode/awaitable.ts'
import type { Decoded } from '../decode/decode.ts'
import { defect, serverError } from '../decode/decode-failure.ts'
import { Repeats } from './repeats.ts'
import type { Cursor, JsonValue } from '../resume/resume.ts'
import { serverErrorIn } from './server-error.ts'
import type { StreamEvent } from './stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

/** What an event does to the connection. */
export interface Consequences {
  /** The stream is over: an event that was long in decoding is not handed over any more. */
  readonly closed: boolean
  finish(): void
  fail(failure: Failure): void
  /** An event is not handed over. */
  skipped(raw: RawEvent, failure: Failure | null): void
}

/**
 * Decides what of the stream is handed over, and what the whole of it means: terminator, errors inside the stream,
 * repeats, and where the consumer stands.
 */
export class Reader<Event extends StreamEvent<unknown>> {
  skipped = 0
  readonly #plan: StreamPlan<Event>
  readonly #consequences: Consequences
  readonly #repeats: Repeats<Event>
  #reading: Reading = unread
  // The cursor in its parts: an object for each event would cost more than parsing it.
  #lastEventId: string
  #events: number
  #mark: JsonValue | undefined

  constructor(plan: StreamPlan<Event>, consequences: Consequences) {
    this.#plan = plan
    this.#lastEventId = plan.cursor.lastEventId
    this.#events = plan.cursor.events
    this.#mark = plan.cursor.mark
    this.#consequences = consequences
    this.#repeats = new Repeats(plan.seen, plan.same)
  }

  /** What was handed over. */
  get cursor(): Cursor {
    const cursor = { lastEventId: this.#lastEventId, events: this.#events }
    return this.#mark === undefined ? cursor : { ...cursor, mark: this.#mark }
  }

  /** The first bytes of a reply. */
  begin(): void {
    this.#repeats.resumed(this.cursor)
  }

  note(note: Note): void {
    // The consumer has everything up to an ID that stands alone; one before its event counts when that is handed over.
    if (note.note === 'id' && note.before === undefined) this.#lastEventId = note.id
    const failure = note.note === 'stray' ? this.#failureOf(note.stray) : null
    if (failure !== null) this.#consequences.fail(failure)
  }

  /** The event to hand over, or null. Where a function of the app throws, the stream has failed. */
  take(raw: QueuedEvent): Event | null | Promise<Event | null> {
    try {
      return this.#taken(raw)
    } catch (cause) {
      return this.#broken(raw, cause)
    }
  }

  #broken(raw: RawEvent, cause: unknown): null {
    this.#consequences.fail(defect(raw, cause))
    return null
  }

  #taken(raw: QueuedEvent): Event | null | Promise<Event | null> {
    const { decode, terminator } = this.#plan
    const matched = isTerminator(raw, terminator)
    if (matched && terminator.type === 'data') {
      this.#conclude(raw, matched)
      return null
    }
    if (decode.type === 'none') return this.#offer(raw, decode.event(raw), matched)
    const decoded = decode.decode(raw, this.#events)
    if (!isPromise(decoded)) return this.#weigh(raw, decoded, matched)
    return Promise.resolve(decoded)
      .then((late) => (this.#consequences.closed ? null : this.#weigh(raw, late, matched)))
      .catch((cause: unknown) => this.#broken(raw, cause))
  }

  /** What the end of a body means. */
  judge(inflow: Inflow): Judgement {
    const { terminator } = this.#plan
    const odd = inflow.strayLine
    const because = odd === '' ? '' : `; it held lines that are no event, such as ${odd.slice(0, 100)}`
    return {
      verdict: verdictOf(this.#reading, terminator),
      hint: hintOf(this.#reading, terminator) + because,
    }
  }

  /** The error in bare JSON that nothing but the end of the body ends. */
  lastWord(stray: Stray | null): Failure | null {
    return stray === null ? null : this.#failureOf(stray)
  }

  #failureOf({ value, text }: Stray): Failure | null {
    const facts = serverErrorIn(value)
    return facts === null ? null : serverError(facts, text, this.#events)
  }

  #weigh(raw: RawEvent, decoded: Decoded<Event>, matched: boolean): Event | null {
    switch (decoded.type) {
      case 'failed':
        this.#consequences.fail(decoded.failure)
        return null
      case 'skipped':
        this.#skip(raw, decoded.failure)
        this.#conclude(raw, matched || decoded.ends)
        return null
      case 'event':
        return this.#offer(raw, decoded.event, matched || decoded.ends)
    }
  }

  #offer(raw: RawEvent, event: Event, matched: boolean): Event | null {
    if (!matched && this.#repeats.has(event)) {
      this.#conclude(raw, matched)
      return null
    }
    const { track } = this.#plan
    if (track !== undefined) this.#mark = track(this.#mark, event)
    this.#lastEventId = raw.lastEventId
    this.#events++
    this.#repeats.handed(event)
    this.#conclude(raw, matched)
    return event
  }

  #skip(raw: RawEvent, failure: Failure | null): void {
    this.skipped++
    this.#lastEventId = raw.lastEventId
    // What a resume goes by may stand in an event that the app does not want: the ID of the answer in the first one.
    const { track } = this.#plan
    if (track !== undefined) this.#mark = track(this.#mark, { ...raw, raw: raw.data })
    this.#consequences.skipped(raw, failure)
  }

  #conclude(raw: RawEvent, matched: boolean): void {
    const { terminator } = this.#plan
    if (matched || terminator.type === 'data') {
      this.#reading = advance(this.#reading, raw, matched, terminator)
    }
    if (matched && !terminator.end) this.#consequences.finish()
  }
}
