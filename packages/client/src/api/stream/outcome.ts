import type { Failure } from '../../core/failure.ts'
import type { CloseReason } from '../../core/state.ts'
import type { EventStreamError } from '../errors/event-stream-error.ts'

/**
 * How a stream ended.
 *
 * - `complete`: `until` was met. The only one that says the answer is whole.
 * - `ended`: the body ended, and no `until` was given; or a 204 said that there is nothing to read, or nothing to go on with
 *   from a `cursor`.
 * - `truncated`, `network`, `timeout`: it was cut.
 * - `server-error`: the server refused by a status, or sent an error inside the stream.
 * - `aborted`: somebody stopped it; see `by`.
 * - `invalid`: anything else, such as options, data, a limit or a media type.
 */
export type OutcomeType =
  | 'complete'
  | 'ended'
  | 'truncated'
  | 'network'
  | 'server-error'
  | 'timeout'
  | 'aborted'
  | 'invalid'

/** How a stream ended, and what was received. */
export interface Outcome {
  readonly type: OutcomeType
  /** Who stopped it, when it is `aborted`. */
  readonly by?: 'signal' | 'close' | 'consumer'
  /** Events handed over, those before a `cursor` included. */
  readonly events: number
  /** Events that were left out: of names without a schema, keep-alives, and those that `onInvalid: 'skip'` left out. */
  readonly skipped: number
  /** Bytes of body received. */
  readonly bytes: number
  /** Attempts that were made; redirects and probes do not count. */
  readonly attempts: number
  /** Of the last event handed over. */
  readonly lastEventId: string
  /** The service's ID of the last request, from the reply's headers. */
  readonly requestId: string | null
  /** Bytes held of an unfinished event at the end: no blank line ended it, so it was not handed over. Field names do not count. */
  readonly tail: number
  /** A later stream can go on from `stream.cursor`. */
  readonly resumable: boolean
  /** Why it ended, where something went wrong. */
  readonly error?: EventStreamError
}

export function outcomeType(reason: CloseReason): OutcomeType {
  switch (reason.type) {
    case 'complete':
    case 'ended':
      return reason.type
    case 'stopped':
      return 'aborted'
    case 'failed':
      return typeOfFailure(reason.failure)
  }
}

function typeOfFailure(failure: Failure): OutcomeType {
  switch (failure.code) {
    case 'network':
    case 'timeout':
    case 'truncated':
    case 'server-error':
      return failure.code
    case 'http-status':
      return 'server-error'
    case 'not-repeated':
    case 'retries-exhausted':
      return typeOfFailure(failure.cause)
    // A 204 is no whole answer: `until` was not met.
    case 'no-content':
      return 'truncated'
    default:
      return 'invalid'
  }
}
