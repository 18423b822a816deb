import type { PartialAnswer } from './answer.ts'
import { EventStreamError } from '../event-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'

/** What `collect.orThrow` rejects with. All members are those of the stream's own error, where there is one. */
export class IncompleteAnswerError extends EventStreamError {
  /** What was received: may be shown, kept, and gone on with by `from`. */
  readonly partial: PartialAnswer
  readonly outcome: Outcome

  constructor(partial: PartialAnswer, outcome: Outcome, thrown: unknown) {
    super({ code: 'truncated', hint: hintOf(outcome) })
    const { error } = outcome
    if (error !== undefined) Object.assign(this, error, { message: error.message })
    this.cause = error ?? thrown
    this.partial = partial
    this.outcome = outcome
  }
}

function hintOf({ type, by }: Outcome): string {
  if (type === 'aborted') return `it was stopped by ${by}`
  return 'no `until` says what a complete answer ends with'
}
