import type { EventStreamError } from '../errors/event-stream-error.ts'
import type { Observation } from '../observation.ts'
import type { Outcome } from '../stream/outcome.ts'

/**
 * `waiting`: the connection is lost, and `nextRetryAt` says when the next attempt is due, if that does not depend on when
 * the network is back. `closed`: `outcome` says how it ended.
 */
export type Phase = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed'

/** Where the connection stands. */
export interface ConnectionStatus {
  readonly phase: Phase
  /** Why the connection was lost, or why it ended; null again once it is open. */
  readonly error: EventStreamError | null
  /** Of the last event received. */
  readonly lastEventId: string
  /** Milliseconds since the epoch; only while `phase` is `waiting`. Null where the connection was lost with the network. */
  readonly nextRetryAt: number | null
  /** How the last run ended. */
  readonly outcome: Outcome | null
}

/** What a store shows: one immutable object, the same one until something changes. */
export interface EventStoreSnapshot<Event, Data> extends ConnectionStatus {
  /** The last payload, or the reduced value. */
  readonly data: Data
  /** The last events, oldest first. */
  readonly history: readonly Event[]
}

/** The phase last: Vue's refs are set in this order, and who watches the phase reads what came with it. */
export const idle: ConnectionStatus = {
  error: null,
  lastEventId: '',
  nextRetryAt: null,
  outcome: null,
  phase: 'idle',
}

/** What an observation changes, if anything. `wall`: milliseconds since the epoch. */
export function changeBy(
  observation: Observation,
  wall: () => number,
): Partial<ConnectionStatus> | undefined {
  switch (observation.type) {
    case 'attempt':
      return { phase: 'connecting', nextRetryAt: null }
    case 'open':
      return { phase: 'open', error: null }
    case 'error':
      return observation.error.willRetry
        ? { phase: 'waiting', error: observation.error }
        : { error: observation.error }
    case 'scheduled':
      return { phase: 'waiting', nextRetryAt: wall() + observation.delay }
  }
}

export function ended(outcome: Outcome | null, error: EventStreamError | null): Partial<ConnectionStatus> {
  return { phase: 'closed', nextRetryAt: null, outcome, error }
}
