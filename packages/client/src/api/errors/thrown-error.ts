import { failureOf } from '../../io/network-failure.ts'
import { EventStreamError } from './event-stream-error.ts'

/** What a loop over events threw, as an EventStreamError: an app's own source may throw anything. */
export function thrownError(cause: unknown): EventStreamError {
  if (cause instanceof EventStreamError) return cause
  return new EventStreamError({ hint: 'Reading threw an error; see `cause`', ...failureOf(cause) })
}
