import type { Failure, ReplyFacts } from './failure.ts'
import type { Acceptance, Policy } from './policy.ts'

/** What is remembered from one state to the next. */
export interface Ledger {
  /** Advanced by every attempt, close and reconnect; effects carry it, inputs echo it. */
  readonly epoch: number
  /** Attempts so far. Not the epoch: `close()` advances that one only. */
  readonly attempt: number
  readonly failures: number
  /** Consecutive attempts without an event. */
  readonly fruitless: number
  /** The last `retry` from the server, in ms. */
  readonly reconnectionTime: number | null
  readonly healthyAt: number
  /** A body byte has been received, ever: from then on a request that is no GET goes on only by a resume. */
  readonly received: boolean
  readonly resumable: boolean
  readonly opened: boolean
  /** The one extra attempt after a 401 has been taken; given back by the next accepted reply. */
  readonly refreshed: boolean
  readonly online: boolean
}

export type ProbeStep = 'none' | 'probing' | 'confirming'

export type CloseReason =
  | { readonly type: 'complete' }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stopped'; readonly by: 'signal' | 'close' | 'consumer'; readonly reason: unknown }

/** The one and only state of a connection. `readyState`, snapshots and phases are derived from it. */
export type State =
  | { readonly type: 'idle'; readonly ledger: Ledger }
  | {
      readonly type: 'connecting'
      readonly ledger: Ledger
      /** URLs of this attempt's redirects, in order. */
      readonly hops: readonly string[]
      readonly probe: ProbeStep
      /** The failure that this attempt, or its probe, follows. */
      readonly cause: Failure | null
    }
  | {
      readonly type: 'open'
      readonly ledger: Ledger
      readonly openedAt: number
      readonly reply: ReplyFacts
      readonly body: Acceptance
      /** This connection has brought an event. */
      readonly eventful: boolean
    }
  | { readonly type: 'failing'; readonly ledger: Ledger; readonly failure: Failure }
  | {
      readonly type: 'waiting'
      readonly ledger: Ledger
      /** Monotonic ms. */
      readonly until: number
      /** No timer runs: the runtime is offline, or the page lies in the back/forward cache. */
      readonly parked: boolean
      readonly failure: Failure | null
    }
  | { readonly type: 'closed'; readonly ledger: Ledger; readonly reason: CloseReason }

/** Before the start. A cold resume stands where a dropped stream would: only `resume` may go on with it. */
export function initialState(policy: Policy): State {
  return {
    type: 'idle',
    ledger: {
      epoch: 0,
      attempt: 0,
      failures: 0,
      fruitless: 0,
      reconnectionTime: null,
      healthyAt: 0,
      received: policy.cold,
      resumable: policy.cold,
      opened: false,
      refreshed: false,
      online: true,
    },
  }
}
