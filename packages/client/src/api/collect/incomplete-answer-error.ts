import type { PartialAnswer } from './answer.ts'
import { EventStreamError } from '../event-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'

/** What `collect.orThrow` rejects with. All members are those of the stream's own error, where there is one. */
export class IncompleteAnswerError extends EventStreamError {
  /** What was received: may be shown, kept, and gone on with by `from`. */
  declare readonly partial: PartialAnswer
  declare readonly outcome: Outcome

  constructor(partial: PartialAnswer, outcome: Outcome, thrown: EventStreamError | null) {
    const { by, error } = outcome
    super({ code: 'truncated', hint: by ? `stopped by ${by}` : 'no `until` says what ends it' })
    Object.assign(this, error, {
      message: error?.message ?? this.message,
      cause: error ?? thrown?.cause,
      partial,
      outcome,
    })
  }
}
