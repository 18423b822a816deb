import type { Policy } from '../core/policy.ts'
import type { RawEvent, Terminator } from '../core/reading.ts'
import type { Preparing } from '../io/driver.ts'
import type { RequestPlan } from '../io/request-plan.ts'
import type { ConnectionOptions, ServerErrorFacts, UntilPredicate } from './options.ts'
import type { Cursor, ResumePreset } from './resume.ts'

/** A stream's options, resolved: everything that an EventStream stands on. */
export interface StreamPlan<Event> {
  readonly options: ConnectionOptions
  readonly policy: Policy
  readonly kind: 'subscription' | 'answer'
  readonly terminator: Terminator
  readonly predicate: UntilPredicate<Event> | null
  readonly errorOf: ((event: Event) => ServerErrorFacts | null) | null
  /** Null: not for the consumer. */
  readonly decode: (raw: RawEvent) => Event | null | Promise<Event | null>
  /** The request's `json`, for predicates. */
  readonly request: unknown
  readonly cursor: Cursor
  readonly track: (cursor: Cursor, raw: RawEvent, event: Event) => Cursor
  /** How repeats are known after a resume. */
  readonly seen: ResumePreset['seen']
  readonly same: ((before: Event, event: Event) => boolean) | undefined
  readonly resumable: (cursor: Cursor) => boolean
  readonly prepare: (
    preparing: Preparing,
    cursor: Cursor,
    response: Response | null,
  ) => Promise<RequestPlan | null>
}
