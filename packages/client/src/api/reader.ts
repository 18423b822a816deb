import type { Failure } from '../core/failure.ts'
import {
  advance,
  handOver,
  hintOf,
  matchedEvent,
  read,
  unread,
  verdictOf,
  type Decision,
  type RawEvent,
  type Reading,
} from '../core/reading.ts'
import type { Judgement } from '../io/driver.ts'
import type { Inflow } from '../io/inflow.ts'
import type { Stray } from '../io/strays.ts'
import type { ServerErrorFacts } from './options.ts'
import { Repeats } from './repeats.ts'
import type { Cursor } from './resume.ts'
import { serverErrorIn } from './server-error.ts'
import type { StreamEvent } from './stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

/** What an event does to the connection. */
export interface Consequences {
  /** The stream is over: an event that was long in decoding is not handed over any more. */
  readonly closed: boolean
  finish(): void
  fail(failure: Failure): void
}

/** The start of an event in an error. */
const excerptLength = 4096

/**
 * Decides what of the stream is handed over, and what the whole of it means: terminator, errors inside the stream,
 * repeats, and where the consumer stands.
 */
export class Reader<Event extends StreamEvent<unknown>> {
  /** What was handed over. */
  cursor: Cursor
  readonly #plan: StreamPlan<Event>
  readonly #consequences: Consequences
  readonly #repeats: Repeats<Event>
  #reading: Reading = unread
  #begun: boolean

  constructor(plan: StreamPlan<Event>, consequences: Consequences) {
    this.#plan = plan
    this.cursor = plan.cursor
    this.#consequences = consequences
    this.#repeats = new Repeats(plan.seen, plan.same)
    this.#begun = plan.policy.cold
  }

  /** The first bytes of a reply. */
  begin(): void {
    if (this.#begun) this.#repeats.resumed(this.cursor)
    this.#begun = true
  }

  /** An ID, with an event or without: the consumer has everything up to it. */
  id(lastEventId: string): void {
    this.cursor = { ...this.cursor, lastEventId }
  }

  /** Bare JSON between the events. */
  stray(stray: Stray): void {
    const failure = this.#failureOf(stray)
    if (failure !== null) this.#consequences.fail(failure)
  }

  /** The event to hand over, or null. */
  take(raw: RawEvent): Event | null | Promise<Event | null> {
    const decision = read(raw, this.#plan.terminator)
    if (!decision.hand) {
      this.#conclude(raw, decision)
      return null
    }
    try {
      const decoded = this.#plan.decode(raw)
      if (!(decoded instanceof Promise)) return this.#weigh(raw, decoded, decision)
      return decoded.then(
        (event) => this.#weighLate(raw, event, decision),
        (cause: unknown) => this.#unreadable(raw, cause),
      )
    } catch (cause) {
      return this.#unreadable(raw, cause)
    }
  }

  /** What the end of a body means. */
  judge(inflow: Inflow): Judgement {
    const { terminator } = this.#plan
    const odd = inflow.strayLine
    const because = odd === '' ? '' : `; it held lines that are no event, such as ${odd.slice(0, 100)}`
    return {
      verdict: verdictOf(this.#reading, terminator),
      resumable: this.#plan.resumable({ ...this.cursor, lastEventId: inflow.lastEventId }),
      hint: hintOf(this.#reading, terminator) + because,
    }
  }

  /** The error in bare JSON that nothing but the end of the body ends. */
  lastWord(stray: Stray | null): Failure | null {
    return stray === null ? null : this.#failureOf(stray)
  }

  #failureOf({ value, text }: Stray): Failure | null {
    const facts = serverErrorIn(value)
    return facts === null ? null : this.#serverError(facts, text)
  }

  #weighLate(raw: RawEvent, event: Event | null, decision: Decision): Event | null {
    if (this.#consequences.closed) return null
    try {
      return this.#weigh(raw, event, decision)
    } catch (cause) {
      return this.#unreadable(raw, cause)
    }
  }

  #weigh(raw: RawEvent, event: Event | null, decision: Decision): Event | null {
    if (event === null || (decision.next === 'go-on' && this.#repeats.has(event))) {
      this.#conclude(raw, decision)
      return null
    }
    const { errorOf, predicate, terminator, request } = this.#plan
    const error = errorOf?.(event) ?? null
    if (error !== null) {
      this.#consequences.fail(this.#serverError(error, raw.data))
      return null
    }
    const matches =
      predicate !== null &&
      terminator.type === 'predicate' &&
      predicate(event, { request, seen: this.cursor.events })
    this.cursor = this.#plan.track(this.cursor, raw, event)
    this.#repeats.handed(event)
    this.#conclude(raw, matches ? matchedEvent(terminator.end) : decision)
    return event
  }

  #conclude(raw: RawEvent, decision: Decision): void {
    if (decision === handOver && this.#plan.terminator.type === 'none') return
    this.#reading = advance(this.#reading, raw, decision, this.#plan.terminator)
    if (decision.next === 'finish') this.#consequences.finish()
  }

  #serverError(facts: ServerErrorFacts, body: string): Failure {
    return {
      code: 'server-error',
      first: this.cursor.events === 0,
      body: body.slice(0, excerptLength),
      ...facts,
    }
  }

  /** A function of the app threw, or the data is not what it says: nothing after it can be trusted. */
  #unreadable(raw: RawEvent, cause: unknown): null {
    const what = cause instanceof Error ? `: ${cause.message}` : ''
    const message = `The event ${JSON.stringify(raw.type)} could not be read${what}`
    this.#consequences.fail({ code: 'parse', message, cause, excerpt: raw.data.slice(0, excerptLength) })
    return null
  }
}
