import type { Failure, ReplyFacts } from './failure.ts'
import type { Hop } from './policy.ts'
import type { CloseReason } from './state.ts'

/** What one attempt is to send. */
export type Sending =
  /** The app's request, with Last-Event-ID where an ID is known. */
  | { readonly type: 'request' }
  /** What `resume` gives. */
  | { readonly type: 'resume' }
  /** The same request, to where a redirect points. */
  | ({ readonly type: 'hop' } & Hop)
  /** The same request once more, to confirm that CORS refuses it. */
  | { readonly type: 'again' }

/** What the driver is to do. It decides nothing. */
export type Effect =
  | {
      readonly type: 'connect'
      readonly epoch: number
      readonly attempt: number
      readonly sending: Sending
      readonly timeout: number
    }
  /** Ask by a `no-cors` request whether anybody answers. */
  | { readonly type: 'probe'; readonly epoch: number; readonly timeout: number }
  /** Let go of the request or the body that there is. */
  | { readonly type: 'drop' }
  | { readonly type: 'read'; readonly epoch: number }
  | { readonly type: 'read-excerpt'; readonly epoch: number; readonly bytes: number; readonly ms: number }
  | { readonly type: 'sleep'; readonly epoch: number; readonly ms: number }
  | { readonly type: 'cancel-sleep' }
  /** The connection is open. */
  | { readonly type: 'announce'; readonly reply: ReplyFacts }
  /** Tell of a failure, once, and of the delay before the next attempt, where there is one. */
  | {
      readonly type: 'report'
      readonly failure: Failure | null
      readonly willRetry: boolean
      readonly delay: number | null
    }
  | { readonly type: 'closed'; readonly reason: CloseReason }
