import { EventStreamError } from './event-stream-error.ts'
import type { Outcome } from './outcome.ts'

/** How a loop over events came to its end. */
export interface Ending {
  events: number
  lastEventId: string
  threw: boolean
  thrown: unknown
}

/** The stream's own outcome, where it has one and it is about this loop. */
export async function outcomeOf(outcome: Promise<Outcome> | undefined, ending: Ending): Promise<Outcome> {
  if (outcome === undefined || isTaken(ending.thrown)) return outcomeOfLoop(ending)
  const own = await outcome
  // The loop was left by what a protocol's function threw: for the stream its consumer just went away.
  const broken = ending.threw && own.type === 'aborted' && own.by === 'consumer'
  return broken ? { ...own, type: 'invalid', error: errorOf(ending.thrown) } : own
}

function isTaken(thrown: unknown): boolean {
  return thrown instanceof EventStreamError && thrown.code === 'already-consumed'
}

/** An iterable that tells nothing of its end: that it ended is all there is to know. */
function outcomeOfLoop({ events, lastEventId, threw, thrown }: Ending): Outcome {
  return {
    type: threw ? 'invalid' : 'ended',
    events,
    skipped: 0,
    bytes: 0,
    attempts: 0,
    lastEventId,
    requestId: null,
    tail: 0,
    resumable: false,
    ...(threw ? { error: errorOf(thrown) } : {}),
  }
}

function errorOf(thrown: unknown): EventStreamError {
  if (thrown instanceof EventStreamError) return thrown
  return new EventStreamError({
    code: 'network',
    cause: thrown,
    unsent: false,
    fatal: true,
    hint: 'Reading the events failed',
  })
}
