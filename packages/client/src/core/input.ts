import type { Failure, Refusal, ReplyFacts } from './failure.ts'

/** What a whole body says of the answer, given what was declared as its end. */
export type Verdict = 'complete' | 'ended' | 'truncated'

/** Comes with every input, since the core has no clock and no chance, and does not read bodies itself. */
export interface Stamp {
  /** Monotonic ms. */
  readonly at: number
  /** In [0, 1). */
  readonly random: number
  /** What has been read so far is enough for a request that goes on from there. */
  readonly resumable: boolean
  /** How many events this connection has brought, if each repeats one of an earlier connection: then it has brought nothing new. Else 0. */
  readonly repeated?: number | undefined
}

/** The results of effects: they echo the epoch of the effect, and those of another epoch are dropped. */
export type Result =
  | { readonly type: 'response'; readonly reply: ReplyFacts }
  /** The attempt brought no reply. */
  | { readonly type: 'failed'; readonly failure: Failure }
  /** `resume` gave null: there is nothing to go on with. */
  | { readonly type: 'not-resumed' }
  | { readonly type: 'excerpt'; readonly refusal: Refusal }
  | { readonly type: 'first-byte' }
  | { readonly type: 'first-event' }
  | { readonly type: 'retry'; readonly ms: number }
  /** The terminator was met, or an error that ends the stream. */
  | { readonly type: 'finish' }
  | { readonly type: 'fail'; readonly failure: Failure }
  /** The body is over; `failure` is null for a clean end. */
  | {
      readonly type: 'ended'
      readonly failure: Failure | null
      readonly verdict: Verdict
      readonly hint: string
    }
  /** The wait is over, or the head of the reply did not come in time. */
  | { readonly type: 'timer' }

/** What comes from outside, valid at any time. */
export type Command =
  | { readonly type: 'start' }
  | { readonly type: 'close'; readonly by: 'signal' | 'close' | 'consumer'; readonly reason: unknown }
  | { readonly type: 'reconnect' }
  /** The time for everything is over; `verdict`: what the answer would be if its body ended now. */
  | { readonly type: 'total-timeout'; readonly verdict: Verdict }
  | { readonly type: 'offline' }
  | { readonly type: 'online' }
  /** The page enters the back/forward cache, and comes back from it. */
  | { readonly type: 'freeze' }
  | { readonly type: 'thaw' }
  /** The machine slept for so many ms, in which the monotonic clock stood still: what was open is dead. */
  | { readonly type: 'wake'; readonly slept: number }
  /** A function among the app's options threw where its answer was needed. */
  | { readonly type: 'defect'; readonly cause: unknown }

export type Input = (Command | (Result & { readonly epoch: number })) & Stamp
