import { EventStreamError } from '../event-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'

/** How a loop over events came to its end. */
export interface Ending {
  readonly events: number
  readonly lastEventId: string
  /** What the loop threw, or null. */
  readonly thrown: { readonly error: unknown } | null
}

/** The stream's own outcome, where it has one and it is about this loop. */
export async function outcomeOf(
  outcome: Promise<Outcome> | undefined,
  { thrown, ...counted }: Ending,
): Promise<Outcome> {
  const error = thrown && errorOf(thrown.error)
  // Another loop reads the stream; its end is none of ours, and may be far away.
  const own = error?.code === 'already-consumed' ? undefined : await outcome
  // For a stream that was left by what a protocol's function threw, its consumer just went away.
  if (own !== undefined && (error === null || own.by !== 'consumer')) return own
  const loop = { ...unknown, ...own, ...counted }
  return error === null ? loop : { ...loop, type: 'invalid', error }
}

/** An iterable tells nothing of its end: that it ended is all there is to know. */
const unknown: Outcome = {
  type: 'ended',
  events: 0,
  skipped: 0,
  bytes: 0,
  attempts: 0,
  lastEventId: '',
  requestId: null,
  tail: 0,
  resumable: false,
}

function errorOf(cause: unknown): EventStreamError {
  return cause instanceof EventStreamError
    ? cause
    : new EventStreamError({ code: 'network', cause, unsent: false, fatal: true })
}
