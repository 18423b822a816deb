import { afterFailure } from './after-failure.ts'
import { close, complete } from './closing.ts'
import type { Failure } from './failure.ts'
import type { Policy } from './policy.ts'
import { isRefusal, mayRepeat } from './request.ts'
import { stay, withLedger, type InputOf, type Live, type StateOf, type Step } from './step.ts'
import { afterCleanEnd } from './retry-policy.ts'
import { wait } from './waiting.ts'

type Open = StateOf<'open'>

/** May come when its connection has been left already: the byte was received all the same. */
export function received(state: Live): Step {
  return stay(withLedger(state, { received: true }))
}

export function eventful(state: Open, { at }: InputOf<'first-event'>): Step {
  const eventAt = state.ledger.eventAt ?? at
  return stay({ ...withLedger(state, { fruitless: 0, healthyAt: at, eventAt }), eventful: true })
}

/** The body is over. */
export function ended(before: Open, input: InputOf<'ended'>, policy: Policy): Step {
  const state = settled(before, input, policy)
  if (input.verdict === 'complete') return complete(state)
  if (input.failure !== null) return afterFailure(state, input.failure, input, policy)
  return endedCleanly(state, input, policy)
}

/** A pause for a subscription. The end for an answer, unless a terminator was expected; the standard knows no good end. */
function endedCleanly(state: Open, input: InputOf<'ended'>, policy: Policy): Step {
  // Without a terminator the end of the body is all that was to come.
  const isEnd = input.verdict === 'ended'
  const failure: Failure = { code: 'truncated', hint: input.hint }
  const isAnswer = isEnd && policy.continues === 'by-resume'
  const repeat = isAnswer ? 'no' : mayRepeat(state, failure, input, policy)
  if (isEnd && repeat === 'no' && !policy.standard) return close(state, { type: 'ended' })
  // A connection without an event is counted as a failure: a server that ends at once is a broken one.
  if (repeat !== 'yes' || !state.eventful) return afterFailure(state, failure, input, policy, repeat)
  return wait(state, failure, afterCleanEnd(input.at - state.openedAt, policy.retry), input, policy)
}

/** What the consumer made of what it read: an error of the server, a limit, an event that cannot be used. */
export function readingFailed(state: Open, input: InputOf<'fail'>, policy: Policy): Step {
  return afterFailure(settled(state, input, policy), input.failure, input, policy)
}

/**
 * A connection that lived long enough was healthy: what fails now is a new trouble. Not where all that came is an error: as
 * after a status, the attempt has brought nothing, and a 401 has had its other attempt. Nor where all of an answer's had come
 * before: a server that repeats what it has of a dead one would be asked without end. For a subscription that is the rhythm
 * of a polling server.
 */
function settled(state: Open, { at, failure, repeated }: InputOf<'ended' | 'fail'>, policy: Policy): Open {
  const onlyAgain = repeated && policy.continues === 'by-resume'
  if (onlyAgain || isRefusal(failure)) return { ...withLedger(state, state.before), eventful: false }
  const healthy = at - state.openedAt >= policy.retry.healthyAfter
  return healthy ? withLedger(state, { failures: 0, healthyAt: at }) : state
}
