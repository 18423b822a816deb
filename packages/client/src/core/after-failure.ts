import { fail } from './closing.ts'
import { replyOf, retryAfterOf, type Failure } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy, RetryPolicy } from './policy.ts'
import { goesOn, isFirstEvent, mayRepeat, wantsFreshHeaders } from './request.ts'
import { stay, withLedger, type InputOf, type Live, type Step } from './step.ts'
import type { Ledger } from './state.ts'
import { wait } from './waiting.ts'

/** An attempt or a connection has failed: another attempt after a while, or the end. */
export function afterFailure(state: Live, failure: Failure, input: Input, policy: Policy): Step {
  const { retry } = policy
  if (retry === null) return fail(state, failure)
  const repeat = mayRepeat(failure, state.ledger, policy, retry, input.resumable)
  if (repeat === 'yes') return again(state, failure, input, policy, retry)
  return fail(state, repeat === 'barred' ? barred(failure, policy) : failure)
}

/** A failure of the connection that `reconnect()` has left. Where it may pass, what goes on already is the answer to it. */
export function afterLeftConnection(state: Live, input: InputOf<'fail'>, policy: Policy): Step {
  const { retry } = policy
  if (retry === null) return fail(state, input.failure)
  const repeat = mayRepeat(input.failure, state.ledger, policy, retry, input.resumable)
  return repeat === 'yes' ? stay(state) : fail(state, input.failure)
}

/** Another attempt is due after a failure, which is counted. */
export function again(state: Live, failure: Failure, input: Input, policy: Policy, retry: RetryPolicy): Step {
  const { failures } = provenSince(state.ledger, input.at, retry)
  // Where nothing can be gone on with, the app's own request starts anew.
  const anew = isFirstEvent(failure) && !goesOn(state.ledger, policy, input.resumable)
  const received = anew ? policy.cold : state.ledger.received
  const counted = withLedger(state, { failures: failures + 1, eventAt: null, received })
  if (wantsFreshHeaders(failure, state.ledger, policy)) {
    return wait(withLedger(counted, { refreshed: true }), { type: 'refresh' }, failure, input, retry)
  }
  const retryAfter = retryAfterOf(failure) ?? 0
  return wait(counted, { type: 'failure', failures: failures + 1, retryAfter }, failure, input, retry)
}

/** The class tells why it did not go on; a stream's app chose by its options, and learns what happened. */
export function barred(failure: Failure, policy: Policy): Failure {
  if (policy.continues !== 'with-id' || replyOf(failure) !== null) return failure
  return { code: 'not-repeated', method: policy.method, cause: failure }
}

/** Events have come for long enough, over however many connections: what comes now is a new trouble. */
export function provenSince(ledger: Ledger, at: number, { healthyAfter }: RetryPolicy): Ledger {
  return ledger.eventAt !== null && at - ledger.eventAt >= healthyAfter ? { ...ledger, failures: 0 } : ledger
}
