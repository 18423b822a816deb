import { afterFailure, again, barred, provenSince } from './after-failure.ts'
import { close, complete, fail } from './closing.ts'
import type { Failure } from './failure.ts'
import type { Policy } from './policy.ts'
import { mayRepeat } from './request.ts'
import { withLedger, type InputOf, type Live, type StateOf, type Step } from './step.ts'
import { wait } from './waiting.ts'

type Open = StateOf<'open'>

/** A byte may be told of when its connection has been left already: it was received all the same. */
export function received(state: Live): Step {
  return [withLedger(state, { received: true }), []]
}

export function eventful(state: Open, input: InputOf<'first-event'>): Step {
  const eventAt = state.ledger.eventAt ?? input.at
  return [{ ...withLedger(state, { fruitless: 0, healthyAt: input.at, eventAt }), eventful: true }, []]
}

/** The body is over. */
export function ended(before: Open, input: InputOf<'ended'>, policy: Policy): Step {
  const state = settled(before, input.at, policy)
  if (input.verdict === 'complete') return complete(state)
  if (input.failure !== null) return afterFailure(state, input.failure, input, policy)
  return endedCleanly(state, input, policy)
}

/** For a subscription a pause; for an answer the end, unless a terminator was to come. */
function endedCleanly(state: Open, input: InputOf<'ended'>, policy: Policy): Step {
  const { retry } = policy
  const isEnd = input.verdict === 'ended'
  if (isEnd && (retry === null || policy.continues === 'by-resume')) return close(state, { type: 'ended' })
  const failure: Failure = { code: 'truncated', hint: input.hint }
  if (retry === null) return fail(state, failure)
  const repeat = mayRepeat(failure, state.ledger, policy, retry, input.resumable)
  if (repeat === 'barred') return fail(state, barred(failure, policy))
  if (repeat === 'no') return isEnd ? close(state, { type: 'ended' }) : fail(state, failure)
  if (!state.eventful) return again(state, failure, input, policy, retry)
  const ledger = provenSince(state.ledger, input.at, retry)
  const lived = input.at - state.openedAt
  return wait({ ...state, ledger }, { type: 'clean-end', lived }, failure, input, retry)
}

/** What the consumer made of what it read: an error of the server, a limit, an event that cannot be used. */
export function failed(state: Open, input: InputOf<'fail'>, policy: Policy): Step {
  return afterFailure(settled(state, input.at, policy), input.failure, input, policy)
}

/** A connection that lived long enough was healthy: what comes now is a new trouble. */
function settled(state: Open, at: number, policy: Policy): Open {
  const healthy = at - state.openedAt >= (policy.retry?.healthyAfter ?? 0)
  return healthy ? withLedger(state, { failures: 0, healthyAt: at }) : state
}
