import type { Policy } from '../../core/policy.ts'
import type { Terminator } from '../../core/reading.ts'
import type { Preparing } from '../../io/owner.ts'
import type { QueuedEvent } from '../../io/inflow.ts'
import type { RequestPlan } from '../../io/request-plan.ts'
import type { Decode } from '../decode/decode.ts'
import type { ConnectionOptions } from '../options.ts'
import type { Protocol } from '../decode/protocol.ts'
import type { Cursor, ResumePreset } from '../resume/resume.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** A stream's options, resolved: everything that an EventStream is made from. */
export interface StreamPlan<Event, Usage = unknown> {
  readonly options: ConnectionOptions
  readonly policy: Policy
  readonly terminator: Terminator
  /** Null: the consumer gets an event of the queue as it is, by `plain`. */
  readonly decode: Decode<Event> | null
  readonly plain: (queued: QueuedEvent) => Event
  readonly protocol: Protocol<StreamEvent<unknown>, Usage> | null
  readonly cursor: Cursor
  readonly track: ResumePreset['track']
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
