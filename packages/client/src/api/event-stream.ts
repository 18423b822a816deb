import type { ReplyFacts } from '../core/failure.ts'
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
import type { CloseReason } from '../core/state.ts'
import type { Judgement } from '../io/driver.ts'
import { EventStreamError } from './event-stream-error.ts'
import { outcomeType, type Outcome } from './outcome.ts'
import type { Cursor } from './resume.ts'
import { Session } from './session.ts'
import type { StreamEvent } from './stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'

type Result<Event> = IteratorResult<Event, undefined>

/**
 * An answer or a subscription as an async iterable of events. The request is under way when you get it; the body is
 * read when you pull. One consumer only.
 */
export class EventStream<Event extends StreamEvent<unknown>>
  implements AsyncIterable<Event>, AsyncDisposable
{
  /** Passive and never rejects: how it ended, and what was received. */
  readonly outcome: Promise<Outcome>
  /** The reply, once one is accepted. Rejects if none is. */
  readonly response: Promise<Response>
  readonly #plan: StreamPlan<Event>
  readonly #session: Session
  #reading: Reading = unread
  #cursor: Cursor
  #requestId: string | null = null
  #resolveOutcome: (outcome: Outcome) => void = () => {}
  #resolveResponse: (response: Response) => void = () => {}
  #rejectResponse: (error: unknown) => void = () => {}
  #latest: Response | null = null
  #error: EventStreamError | null = null
  #consumed = false
  /** What `next` gives last: thrown once, then the iteration is over. */
  #thrown = false
  #turn: Promise<unknown> = Promise.resolve()
  #busy = 0

  constructor(plan: StreamPlan<Event>) {
    this.#plan = plan
    this.#cursor = plan.cursor
    this.outcome = new Promise((resolve) => {
      this.#resolveOutcome = resolve
    })
    this.response = new Promise((resolve, reject) => {
      this.#resolveResponse = resolve
      this.#rejectResponse = reject
    })
    // Whoever does not look at the response learns of the failure by iterating.
    this.response.catch(() => {})
    this.#session = new Session(plan.options, plan.policy, plan.kind, plan.cursor.lastEventId, {
      prepare: (preparing) => plan.prepare(preparing, this.#parsedCursor(), this.#latest),
      judge: () => this.#judge(),
      onOpen: (reply, response) => this.#onOpen(reply, response),
      onError: (error) => {
        if (!error.willRetry) this.#error = error
      },
      onClosed: (reason) => this.#onClosed(reason),
    })
    this.#start()
  }

  /** The last event ID of what was handed over. */
  get lastEventId(): string {
    return this.#cursor.lastEventId
  }

  /** Where the consumer stands: JSON that an app may save, and give to a later stream as `cursor`. */
  get cursor(): Cursor {
    return this.#cursor
  }

  /** Drops the connection and goes on at once, from the last id. */
  reconnect(): void {
    this.#session.driver.command({ type: 'reconnect' })
  }

  /** Ends the stream: the socket closes, iteration ends normally, the outcome is `aborted` by `close`. */
  close(reason?: unknown): void {
    this.#stop('close', reason)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop('consumer', undefined)
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, undefined> {
    this.#claim()
    return {
      next: () => this.#next(),
      return: async () => {
        this.#stop('consumer', undefined)
        return { done: true, value: undefined }
      },
    }
  }

  /** All events of one read at a time. */
  async *batches(): AsyncGenerator<readonly Event[], void, undefined> {
    this.#claim()
    try {
      for (;;) {
        const first = await this.#next()
        if (first.done === true) return
        const batch = [first.value]
        for (let event = await this.#queued(); event !== null; event = await this.#queued()) batch.push(event)
        yield batch
      }
    } finally {
      this.#stop('consumer', undefined)
    }
  }

  /** Reads to the end, hands over nothing, and gives the outcome. */
  async done(): Promise<Outcome> {
    this.#claim()
    try {
      while ((await this.#next()).done !== true);
    } catch {
      // It is in the outcome.
    }
    return this.outcome
  }

  #start(): void {
    const { driver } = this.#session
    const { signal } = this.#plan.options
    if (signal?.aborted === true) driver.command({ type: 'close', by: 'signal', reason: signal.reason })
    else queueMicrotask(() => driver.start())
  }

  #claim(): void {
    if (this.#consumed) {
      throw new EventStreamError({
        code: 'already-consumed',
        message: 'This stream has a consumer already. Use tee(stream, n) to read it more than once',
      })
    }
    this.#consumed = true
  }

  #stop(by: 'close' | 'consumer', reason: unknown): void {
    this.#session.driver.command({ type: 'close', by, reason })
  }

  /** Several calls without waiting are answered in order. */
  #next(): Promise<Result<Event>> {
    if (this.#busy === 0) {
      const ready = this.#ready()
      if (ready !== null) return ready instanceof Promise ? this.#inTurn(() => ready) : Promise.resolve(ready)
    }
    return this.#inTurn(() => this.#advance())
  }

  #inTurn(work: () => Promise<Result<Event>>): Promise<Result<Event>> {
    this.#busy++
    const result = this.#turn.then(work)
    const settle = () => {
      this.#busy--
    }
    this.#turn = result.then(settle, settle)
    return result
  }

  async #advance(): Promise<Result<Event>> {
    for (;;) {
      const ready = this.#ready()
      if (ready !== null) return ready
      const reason = await this.#session.more()
      if (reason !== null) return this.#end(reason)
    }
  }

  /** The next event that is in the queue, or null. */
  #ready(): Result<Event> | Promise<Result<Event>> | null {
    for (let item = this.#session.shift(); item !== undefined; item = this.#session.shift()) {
      if ('note' in item) {
        if (item.note === 'id') this.#cursor = { ...this.#cursor, lastEventId: item.id }
        continue
      }
      const handed = this.#take(item)
      if (handed instanceof Promise) return handed.then((event) => this.#orGoOn(event))
      if (handed !== null) return { done: false, value: handed }
    }
    return null
  }

  async #orGoOn(event: Event | null): Promise<Result<Event>> {
    return event === null ? this.#advance() : { done: false, value: event }
  }

  async #queued(): Promise<Event | null> {
    const ready = await this.#ready()
    return ready === null || ready.done === true ? null : ready.value
  }

  /** One raw event: the event to hand over, or null. */
  #take(raw: RawEvent): Event | null | Promise<Event | null> {
    const decision = read(raw, this.#plan.terminator)
    if (!decision.hand) {
      this.#conclude(raw, decision)
      return null
    }
    const decoded = this.#plan.decode(raw)
    if (decoded instanceof Promise) return decoded.then((event) => this.#judgeEvent(raw, event, decision))
    return this.#judgeEvent(raw, decoded, decision)
  }

  #judgeEvent(raw: RawEvent, event: Event, decision: Decision): Event | null {
    const { errorOf, predicate, terminator, request } = this.#plan
    const error = errorOf?.(event) ?? null
    if (error !== null) {
      this.#session.fail({
        code: 'server-error',
        first: this.#cursor.events === 0,
        body: raw.data.slice(0, 4096),
        ...error,
      })
      return null
    }
    const matches =
      predicate !== null &&
      terminator.type === 'predicate' &&
      predicate(event, { request, seen: this.#cursor.events })
    this.#hand(raw, event)
    this.#conclude(raw, matches ? matchedEvent(terminator.end) : decision)
    return event
  }

  #hand(raw: RawEvent, event: Event): void {
    this.#cursor = this.#plan.track(this.#cursor, raw, event)
    this.#session.tell({ type: 'event', name: raw.type, lastEventId: raw.lastEventId })
  }

  #conclude(raw: RawEvent, decision: Decision): void {
    if (decision === handOver && this.#plan.terminator.type === 'none') return
    this.#reading = advance(this.#reading, raw, decision, this.#plan.terminator)
    if (decision.next === 'finish') this.#session.finish()
  }

  #end(reason: CloseReason): Result<Event> {
    const over: Result<Event> = { done: true, value: undefined }
    if (this.#thrown) return over
    this.#thrown = true
    if (reason.type === 'failed' && reason.failure.code !== 'no-content') throw this.#error
    if (reason.type === 'stopped' && reason.by === 'signal') throw reason.reason
    return over
  }

  #judge(): Judgement {
    const { terminator } = this.#plan
    return {
      verdict: verdictOf(this.#reading, terminator),
      resumable: this.#plan.resumable(this.#parsedCursor()),
      hint: hintOf(this.#reading, terminator),
    }
  }

  /** What the next attempt goes on from: the ID as parsed, since what is queued will still be handed over. */
  #parsedCursor(): Cursor {
    return { ...this.#cursor, lastEventId: this.#session.inflow.lastEventId }
  }

  #onOpen(reply: ReplyFacts, response: Response): void {
    this.#requestId = reply.requestId
    this.#latest = response
    this.#resolveResponse(response)
  }

  #onClosed(reason: CloseReason): void {
    const error = this.#error
    if (reason.type === 'stopped') this.#rejectResponse(reason.reason)
    else this.#rejectResponse(error)
    this.#resolveOutcome({
      type: outcomeType(reason),
      ...(reason.type === 'stopped' ? { by: reason.by } : {}),
      events: this.#cursor.events,
      bytes: this.#session.inflow.bytes,
      attempts: this.#session.driver.state.ledger.attempt,
      lastEventId: this.#cursor.lastEventId,
      requestId: error?.requestId ?? this.#requestId,
      tail: this.#session.inflow.tail,
      resumable: reason.type !== 'complete' && this.#plan.resumable(this.#cursor),
      ...(error === null ? {} : { error }),
    })
  }
}
