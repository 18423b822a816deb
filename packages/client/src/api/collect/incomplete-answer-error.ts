import type { PartialAnswer } from './answer.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'

/** What `collect.orThrow` rejects with. All members are those of the stream's own error, where there is one. */
export class IncompleteAnswerError extends EventStreamError {
  /** What was received: may be shown, saved, and given to `collect` as `from`. */
  declare readonly partial: PartialAnswer
  declare readonly outcome: Outcome

  constructor(partial: PartialAnswer, outcome: Outcome) {
    super({ code: 'truncated', hint: `${outcome.by ?? 'no `until`'} ended it` })
    Object.assign(this, { cause: outcome.error, partial, outcome }, outcome.error?.toJSON())
  }
}
