import type { Observation } from '../observation.ts'
import type { Outcome } from '../stream/outcome.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** What a store gives to its source for one run. Spread it into the options of `fetchEventStream`. */
export interface StoreLink {
  /** Aborted when the run is stopped or superseded. */
  readonly signal: AbortSignal
  /** The store learns the phase from it. */
  readonly observe: (observation: Observation) => void
  /** The last event ID of a run that goes on; absent for a fresh one. */
  readonly lastEventId?: string
}

/** What a source returns: an EventStream, or any async iterable of events. */
export interface EventFlow<Event> extends AsyncIterable<Event> {
  batches?(): AsyncIterable<readonly Event[]>
  close?(reason?: unknown): void
  readonly outcome?: Promise<Outcome>
}

/** Opens one run. Called a microtask after `start`, so a start that is undone at once never reaches the wire. */
export type StoreSource<Event extends StreamEvent<unknown>, Variables> = (
  variables: Variables,
  link: StoreLink,
) => EventFlow<Event> | Promise<EventFlow<Event>>
