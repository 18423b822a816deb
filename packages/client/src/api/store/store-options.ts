import type { Batching } from '../../io/batching.ts'
import type { Runtime } from '../../io/runtime.ts'
import type { Filled } from '../filled.ts'

/** Options of `createEventStore`. */
export interface StoreOptions {
  /** How many events `history` holds. Default 100. */
  readonly history?: number | undefined
  /** When subscribers are told: once a `frame`, once a `microtask`, after each event (`none`), or by a function. Default `frame`. */
  readonly batch?: Batching | undefined
  /** Whether `start` begins anew, or keeps what is there and goes on from the last event ID. Default `fresh`. */
  readonly restart?: 'fresh' | 'continue' | undefined
  /** Time, for tests. */
  readonly runtime?: Runtime | undefined
}

export const storeDefaults: Filled<Omit<StoreOptions, 'runtime'>> = {
  history: 100,
  batch: 'frame',
  restart: 'fresh',
}

/** Makes one value of all events. */
export interface ReducerOptions<Event, Data> {
  /** Called once for each event, in order. Must not change `data` in place: a snapshot may hold it. */
  readonly reduce: (data: Data, event: Event) => Data
  /** The value before the first event. */
  readonly initial: Data
}

/** A reducer of any types, or none. A method on purpose, so that a reducer of narrower types fits. */
export interface AnyReducer {
  reduce?(data: unknown, event: unknown): unknown
  readonly initial?: unknown
}
