import type { Failure, RefusedReply } from './failure.ts'

/** What is remembered from one state to the next. */
export interface Ledger {
  /** Advanced by every attempt, close and reconnect; effects carry it, inputs echo it. */
  readonly epoch: number
  /** Attempts so far. Not the epoch, which `close()` advances as well. */
  readonly attempt: number
  /** Consecutive failures, by which the delay grows. */
  readonly failures: number
  /** Consecutive attempts without an event. */
  readonly fruitless: number
  /** The last `retry` from the server, in ms. */
  readonly reconnectionTime: number | null
  /** Monotonic ms of the last event, or of the end of a connection that lived long enough. */
  readonly healthyAt: number
  /** Monotonic ms of the first event since the last failure, or null. */
  readonly eventAt: number | null
  /** A body byte has been received on any connection: from then on a request that is no GET goes on only by a resume. */
  readonly received: boolean
  /** A reply has been accepted on any connection. */
  readonly opened: boolean
  /** The one extra attempt after a 401 has been taken; given back by the next accepted reply. */
  readonly refreshed: boolean
  readonly online: boolean
}

export type ProbeStep = 'none' | 'probing' | 'confirming'

/** How the body of an accepted reply is read: as an event stream, whole as one event, or not at all. */
export type Acceptance = 'stream' | 'event' | 'end'

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
      /** Monotonic ms. */
      readonly startedAt: number
      /** Ms after `startedAt` within which the head of a reply has to come. */
      readonly timeout: number
      /** URLs of this attempt's redirects, in order. */
      readonly hops: readonly string[]
      readonly probe: ProbeStep
      /** The failure that this attempt, or its probe, follows. */
      readonly cause: Failure | null
    }
  | {
      readonly type: 'open'
      readonly ledger: Ledger
      /**
       * What the reply, its first byte and its first event change, as it was: a reply that brings an error before anything new
       * stands for a status, and changes nothing.
       */
      readonly before: Pick<Ledger, 'fruitless' | 'healthyAt' | 'received' | 'refreshed'>
      /** Monotonic ms. */
      readonly openedAt: number
      readonly body: Acceptance
      /** This connection has brought an event. */
      readonly eventful: boolean
    }
  | { readonly type: 'failing'; readonly ledger: Ledger; readonly failure: RefusedReply }
  | {
      readonly type: 'waiting'
      readonly ledger: Ledger
      /** A moment in monotonic ms. Or no timer runs: there is no network, or the page is in the back/forward cache. */
      readonly until: number | 'online' | 'thaw'
      /** Monotonic ms: the wait that the server asked for is over then. Nothing that happens meanwhile ends it sooner. */
      readonly notBefore: number
      readonly failure: Failure | null
    }
  | { readonly type: 'closed'; readonly ledger: Ledger; readonly reason: CloseReason }
