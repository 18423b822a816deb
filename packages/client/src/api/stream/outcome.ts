import type { Failure } from '../../core/failure.ts'
import type { CloseReason } from '../../core/state.ts'
import type { EventStreamError } from '../event-stream-error.ts'

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
  /** Events handed over. */
  readonly events: number
  /** Events that were not: of names that no schema is for, keep-alives, and what `onInvalid: 'skip'` let go. */
  readonly skipped: number
  /** Bytes of body received. */
  readonly bytes: number
  readonly attempts: number
  /** Of the last event handed over. */
  readonly lastEventId: string
  readonly requestId: string | null
  /** Bytes of an event that no blank line ended, so it was not handed over. */
  readonly tail: number
  /** A later stream can go on from `stream.cursor`. */
  readonly resumable: boolean
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
    // Nothing is not what `until` says a whole answer ends with.
    case 'no-content':
      return 'truncated'
    default:
      return 'invalid'
  }
}
