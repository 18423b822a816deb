import type { EventStreamError } from '../event-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'

/** The stream's own outcome, where it has one and it is about this loop. `error`: what the loop over the events threw. */
export async function outcomeOf(
  outcome: Promise<Outcome> | undefined,
  error: EventStreamError | null,
  events: number,
  lastEventId: string,
): Promise<Outcome> {
  // Another loop reads the stream; its end is none of ours, and may be far away.
  const own = error?.code === 'already-consumed' ? undefined : await outcome
  // For a stream that was left by what a protocol's function threw, its consumer just went away.
  if (own && !(error && own.by === 'consumer')) return own
  return {
    // An iterable tells nothing of its end: that it ended is all there is to know.
    type: 'ended',
    skipped: 0,
    bytes: 0,
    attempts: 0,
    requestId: null,
    tail: 0,
    resumable: false,
    ...own,
    events,
    lastEventId,
    ...(error && { type: 'invalid', error }),
  }
}
