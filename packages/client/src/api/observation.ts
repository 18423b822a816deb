import type { EventStreamError } from './errors/event-stream-error.ts'

interface Common {
  /** Monotonic ms. */
  readonly at: number
  /** From 1. */
  readonly attempt: number
  /** Bytes of all bodies so far, decompressed, as far as they are parsed. */
  readonly received: number
}

/** One thing that happened, as the option `observe` is told: entries differ by `type`. */
export type Observation = Common &
  (
    | { readonly type: 'attempt' }
    /** A page asked by a `no-cors` request whether the server answers at all (EventSource only). */
    | { readonly type: 'probe'; readonly reachable: boolean }
    /** `url`: without its user and its query, which may be secrets. */
    | { readonly type: 'response'; readonly status: number; readonly url: string }
    | { readonly type: 'open' }
    | { readonly type: 'event'; readonly name: string; readonly lastEventId: string }
    /** An event that was not handed over. `error`: why `parse` or `schema` refused it; null if it is just not wanted. */
    | {
        readonly type: 'skipped'
        readonly name: string
        readonly lastEventId: string
        readonly error: EventStreamError | null
      }
    | { readonly type: 'comment'; readonly comment: string }
    | { readonly type: 'id'; readonly id: string }
    | { readonly type: 'id-too-long'; readonly bytes: number }
    | { readonly type: 'retry'; readonly ms: number }
    | { readonly type: 'error'; readonly error: EventStreamError }
    | { readonly type: 'scheduled'; readonly delay: number }
    | {
        readonly type: 'close'
        readonly reason: 'complete' | 'ended' | 'failed' | 'signal' | 'close' | 'consumer'
      }
  )

type WithoutCommon<T> = T extends unknown ? Omit<T, keyof Common> : never
export type Happening = WithoutCommon<Observation>
