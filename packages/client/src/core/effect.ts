import type { Failure, ReplyFacts } from './failure.ts'
import type { CloseReason } from './state.ts'

/** One redirect on: the same request to another URL. */
export interface Hop {
  readonly url: string
  readonly sameOrigin: boolean
  /** Without its body, as a GET. */
  readonly get: boolean
}

/** What one attempt is to send. */
export type Sending =
  /** The app's request, with Last-Event-ID where an ID is known. */
  | 'request'
  /** What `resume` gives. */
  | 'resume'
  /** A `no-cors` request, which shows whether anybody answers. */
  | 'probe'
  /** The same request once more, to confirm that CORS refuses it. */
  | 'again'
  /** The same request, to where a redirect points. */
  | Hop

/** A request derived from the one that was sent before. */
export type DetourSending = Exclude<Sending, 'request' | 'resume'>

/**
 * What the driver is to do, at most one thing a step: it decides nothing. The result echoes the epoch of the state that
 * the effect belongs to. To connect, to wait and to close each begin with letting go of the request, the body and the
 * timer of before.
 */
export type Effect =
  | { readonly type: 'connect'; readonly sending: Sending; readonly timeout: number }
  /** Tell that the connection is open, and read its body. */
  | { readonly type: 'open'; readonly reply: ReplyFacts }
  /** Read the start of a refused reply's body, for the error. */
  | { readonly type: 'read-excerpt' }
  /** Tell of a failure, once. Then sleep; without a delay, wait for news from the page or the machine. */
  | { readonly type: 'wait'; readonly failure: Failure | null; readonly delay: number | null }
  | { readonly type: 'closed'; readonly reason: CloseReason }
