import { eventKind, inTurns } from '#platform'
import type { ReplyFacts } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import type { Policy } from '../../core/policy.ts'
import type { Note } from '../../io/inflow.ts'
import type { Judgement, Preparing } from '../../io/owner.ts'
import type { RequestPlan } from '../../io/request-plan.ts'
import { withoutUserinfo } from '../../io/userinfo.ts'
import { policyOf } from '../policy-of.ts'
import type { EventStreamError } from '../errors/event-stream-error.ts'
import { unfetchable } from '../request/absolute-url.ts'
import { errorEvent, events } from './events.ts'
import { readyStates } from './interface.ts'
import { lastEventIdHeader } from '../request/last-event-id.ts'
import type { ResumeFunction } from '../resume/resume.ts'
import { ownRequest, type RequestParts } from '../request/request.ts'
import type { ConnectionOptions } from '../options.ts'
import { resumedRequest } from '../resume/resumed-request.ts'
import { reportUncaught } from '../errors/report-uncaught.ts'
import { Session, type Face } from '../session.ts'

export interface FeedOptions {
  readonly options: ConnectionOptions
  readonly request: RequestParts
  readonly resume: ResumeFunction | null
  readonly probe: Policy['probe']
  /** Fetch knows the scheme. */
  readonly fetchable: boolean
  /** By `fromReadableStream`: the one reply there will ever be. */
  readonly given: boolean
}

/** The connection behind an EventSource: reads the session and dispatches what it says at the target. */
export class Feed implements Face {
  readonly session: Session
  readonly given: boolean
  readonly #target: EventTarget
  readonly #request: RequestParts
  readonly #fetchable: boolean
  readonly #resume: ResumeFunction | null
  /** The origin of the open connection, for its messages. */
  #origin = ''
  /** The last event ID as of the last event dispatched. */
  #dispatched: string
  #events = 0

  constructor(target: EventTarget, { options, request, resume, probe, fetchable, given }: FeedOptions) {
    this.given = given
    this.#target = target
    this.#request = request
    this.#fetchable = fetchable
    this.#resume = resume
    this.#dispatched = options.lastEventId ?? ''
    const policy = policyOf(options, {
      method: request.method,
      standard: true,
      resumes: false,
      cold: false,
      accept: null,
      repeatable: false,
      probe,
    })
    this.session = new Session(options, policy, this.#dispatched, this)
    this.session.driver.start()
    this.#read()
  }

  get readyState(): 0 | 1 | 2 {
    const { type } = this.session.driver.state
    if (type === 'open') return readyStates.OPEN
    return type === 'closed' ? readyStates.CLOSED : readyStates.CONNECTING
  }

  async prepare(preparing: Preparing): Promise<RequestPlan | null> {
    // What `reconnect()` left in the queue was not dispatched, so it is asked for again.
    this.session.rewind(this.#dispatched)
    if (!this.#fetchable) throw unfetchable(new URL(this.#request.url))
    const known = { cursor: { lastEventId: this.#dispatched, events: this.#events }, response: null }
    const plan =
      this.#resume === null || this.#dispatched === ''
        ? await ownRequest(this.#request, preparing, this.#dispatched)
        : await resumedRequest(this.#request, this.#resume, known, preparing)
    return plan && withoutUserinfo(plan)
  }

  resumable(): boolean {
    return lastEventIdHeader(this.#dispatched) !== null
  }

  judge(): Judgement {
    return { verdict: 'ended', hint: 'The event stream ended' }
  }

  onOpen(reply: ReplyFacts): void {
    this.#origin = new URL(reply.url).origin
    this.#fire(new (eventKind())('open'))
  }

  onError(error: EventStreamError): void {
    this.#fire(errorEvent(error))
  }

  /** Not an async function, whose frame would be kept for as long as the connection waits. */
  #read(): void {
    void this.session.more().then((over) => {
      if (over !== null) return
      const { arrived } = this.session.inflow
      if (arrived === 0) this.#goOn()
      else void inTurns(arrived, () => this.#deliver()).then(() => this.#goOn())
    })
  }

  #goOn(): void {
    // Comments and IDs may follow the last event.
    this.#deliver()
    this.#read()
  }

  onNote(note: Note): void {
    if (note.note === 'id' && note.before === undefined) this.#dispatched = note.id
  }

  /** Dispatches the next event that is in the queue; `close()` and `reconnect()` empty it. */
  #deliver(): void {
    const raw = this.session.shift()
    if (raw !== undefined) this.#dispatch(raw)
  }

  #dispatch(raw: RawEvent): void {
    this.#events++
    this.#dispatched = raw.lastEventId
    this.session.handed(raw)
    // The observer may have closed it.
    if (this.session.closed) return
    try {
      // Not by #fire(): V8 compiles this call for messages alone, and each `open` would have it compiled anew.
      this.#target.dispatchEvent(new (events().Message)(raw, this.#origin))
    } catch (error) {
      reportUncaught(error)
    }
  }

  #fire(event: Event): void {
    try {
      this.#target.dispatchEvent(event)
    } catch (error) {
      // Only an emulated page lets a listener's error escape; it must not stop what follows.
      reportUncaught(error)
    }
  }
}
