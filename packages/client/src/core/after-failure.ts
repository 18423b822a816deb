import { fail } from './closing.ts'
import { replyOf, retryAfterOf, type Failure, type FailureFacts } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { mayRepeat, wantsFreshHeaders, type Repeat } from './request.ts'
import { stay, withLedger, type InputOf, type Live, type Step } from './step.ts'
import { wait } from './waiting.ts'

/** An attempt or a connection has failed: another attempt after a while, or the end. */
export function afterFailure(
  state: Live,
  failure: Failure,
  input: Input,
  policy: Policy,
  repeat: Repeat = mayRepeat(state, failure, input, policy),
): Step {
  if (repeat === 'yes') return again(state, failure, input, policy)
  return fail(state, repeat === 'barred' ? barred(failure, policy) : failure)
}

/** A failure of the connection that `reconnect()` has left. If it may pass, the attempt under way is the answer to it. */
export function afterLeftConnection(state: Live, input: InputOf<'fail'>, policy: Policy): Step {
  const repeat = mayRepeat(state, input.failure, input, policy)
  return repeat === 'yes' ? stay(state) : fail(state, input.failure)
}

/** Another attempt is due after a failure, which is counted. */
function again(state: Live, failure: Failure, input: Input, policy: Policy): Step {
  const failures = failuresAt(state, input.at, policy) + 1
  const refreshes = wantsFreshHeaders(state, failure, policy)
  // Fresh headers that were not sent, or could not be made, have not been tried.
  const { unsent }: FailureFacts = failure
  const refreshed = refreshes || (state.ledger.refreshed && !unsent)
  const counted = withLedger(state, { failures, eventAt: null, refreshed })
  // The fresh headers decide, not the time: nothing is gained by waiting.
  const occasion = refreshes ? { base: 0, jitter: 0 } : { failures, retryAfter: retryAfterOf(failure) ?? 0 }
  return wait(counted, failure, occasion, input, policy)
}

/** The class reports why it did not go on. A stream's app has decided that by its options, and is told what happened. */
function barred(failure: Failure, policy: Policy): Failure {
  if (policy.continues !== 'with-id' || replyOf(failure) !== null) return failure
  return { code: 'not-repeated', method: policy.method, cause: failure }
}

/** Once events have come for long enough, over however many connections, what fails now is a new trouble. */
function failuresAt({ ledger }: Live, at: number, { retry }: Policy): number {
  return ledger.eventAt !== null && at - ledger.eventAt >= retry.healthyAfter ? 0 : ledger.failures
}
