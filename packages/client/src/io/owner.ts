import type { Failure, Refusal } from '../core/failure.ts'
import type { Verdict } from '../core/input.ts'
import type { Body, Silences } from './body.ts'
import type { RequestPlan } from './request-plan.ts'
import type { Rhythm } from './rhythm.ts'

/** What a body's end means to whoever reads it. */
export interface Judgement {
  readonly verdict: Verdict
  readonly hint: string
}

/** The attempt that a request is made for. */
export interface Preparing {
  readonly type: 'request' | 'resume'
  readonly attempt: number
  /** Why the attempt or the connection before it failed. */
  readonly previous: Failure | null
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal
}

/** What the driver asks of the stream that it runs for. */
export interface Owner {
  /**
   * The app has given the body, and asks where it stands once a pipe into it is done. So nothing is read ahead, and what
   * is read is parsed at once.
   */
  readonly given?: boolean
  /** How many events the connection has brought, if each repeats one that was handed over before it; else 0. */
  readonly repeated?: number
  /** The request of an attempt; null: there is nothing to resume. */
  prepare(preparing: Preparing): Promise<RequestPlan | null>
  /** What has been read so far is enough for a request that goes on from there. */
  resumable(): boolean
  judge(): Judgement
  /** Makes the rhythm of a connection. Where it is missing, silence is judged by the timeouts alone. */
  readonly newRhythm?: () => Rhythm
  /** Reads what a refused reply's body says, without secrets. Where it is missing, the body is not read. */
  readRefusal?(
    open: (timeouts: Silences) => Body | undefined,
    clean: (text: string) => string,
  ): Promise<Refusal>
}
