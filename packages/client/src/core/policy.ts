import type { Failure, RedirectReason, ReplyFacts } from './failure.ts'
import type { Acceptance } from './state.ts'
import type { InputOf, StateOf, Step } from './step.ts'

/** When and how long to wait before another attempt. Times in ms. */
export interface RetryPolicy {
  readonly initialDelay: number
  readonly maxDelay: number
  readonly factor: number
  /** The largest share of the delay that chance may add: 0.75 adds 0–75 %. */
  readonly jitter: number
  /** A connection that has lived this long resets the count of failures. */
  readonly healthyAfter: number
  /** Consecutive attempts without an event. */
  readonly maxAttempts: number
  /** Since the last healthy moment. */
  readonly maxElapsed: number
  /** A longer Retry-After is not waited for: the error is given at once. */
  readonly maxRetryAfter: number
  readonly statuses: readonly number[]
  /** One attempt only, whatever comes of it. */
  readonly once: boolean
  /** The app has said that the request may be sent twice. */
  readonly unsafe: boolean
  /** Decides last; undefined leaves the decision as it is. */
  readonly when: ((failure: Failure, context: RetryContext) => boolean | undefined) | null
}

/** What `retry.when` is told beside the error. */
export interface RetryContext {
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number
  /** What the rule decides, if `when` gives undefined. */
  readonly willRetry: boolean
}

/** In ms. */
export interface Timeouts {
  readonly headers: number
  /** Headers of a request that resumes, which is usually a GET, whatever the method of the first one. */
  readonly resume: number
  readonly firstEvent: number
  /** Null: it follows from the rhythm of the server's comments. */
  readonly idle: number | null
  readonly total: number
}

/** Everything the connection decides by: plain values, fixed for its life. */
export interface Policy {
  readonly method: string
  /**
   * What goes on after an end or a drop. `always`: a subscription, which GET is. `with-id`: the same request with
   * the last event ID, once there is one (the class with another method). `by-resume`: only what `resume` gives.
   */
  readonly continues: 'always' | 'with-id' | 'by-resume'
  /** There is a `resume` function: it makes the request of every attempt after the first body byte. */
  readonly resumes: boolean
  /** The stream goes on from a cursor of an earlier one: the first request is a resumed one, too. */
  readonly cold: boolean
  readonly retry: RetryPolicy
  readonly timeouts: Timeouts
  /** `headers` is a function, so a 401 is worth one more attempt. */
  readonly refreshes: boolean
  /** What a protocol says of a reply; null leaves it to the standard: 200 and text/event-stream. */
  readonly accept: ((reply: ReplyFacts) => Acceptance | 'refuse' | null | undefined) | null
  /**
   * The class, as the standard says: every status but 200 is final unless `statuses` names it, and the body of a
   * refused reply is not looked at. Otherwise up to 4 KiB of it are read for the error.
   */
  readonly standard: boolean
  /** Follows redirects; null where fetch follows them itself, so that a page's bundle need not contain it. */
  readonly redirects: Detour<'response'> | null
  /** Finds out whether CORS refused a request that got no reply; null where that is not asked for. */
  readonly probe: Detour<'response' | 'failed'> | null
}

/** Handles a result of an attempt by another request, or gives null: the result does not concern it. */
export type Detour<R extends 'response' | 'failed'> = (
  state: StateOf<'connecting'>,
  input: InputOf<R>,
  policy: Policy,
) => Step | null

export interface RedirectRules {
  readonly maxHops: number
  /** A 301, 302 or 303 may turn another method into GET. The class follows it as Fetch does. */
  readonly allowMethodChange: boolean
  readonly allowBodyToOtherOrigin: boolean
  /** In words, for whoever looks at the error. */
  readonly why: Readonly<Record<RedirectReason, string>>
}
