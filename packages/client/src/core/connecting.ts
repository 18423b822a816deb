import { afterFailure } from './after-failure.ts'
import { fail } from './closing.ts'
import type { Policy } from './policy.ts'
import { classify } from './response.ts'
import { withLedger, type InputOf, type StateOf, type Step } from './step.ts'

type Connecting = StateOf<'connecting'>

export function receive(state: Connecting, input: InputOf<'response'>, policy: Policy): Step {
  return (
    policy.probe?.(state, input, policy) ??
    policy.redirects?.(state, input, policy) ??
    accept(state, input, policy)
  )
}

function accept(state: Connecting, input: InputOf<'response'>, policy: Policy): Step {
  const { reply } = input
  const meaning = classify(reply, policy)
  if (typeof meaning === 'string') {
    const { fruitless, received, refreshed, healthyAt } = state.ledger
    const { ledger } = withLedger(state, { opened: true, refreshed: false })
    const before = { fruitless, received, refreshed, healthyAt }
    return [
      { type: 'open', ledger, openedAt: input.at, body: meaning, eventful: false, before },
      { type: 'open', reply },
    ]
  }
  if (meaning.code === 'no-content') {
    // There is no more of an answer that was to be resumed: it stays what it was, cut. Not where an earlier stream had its start.
    const cut = policy.continues === 'by-resume' && state.ledger.opened
    return fail(state, (cut && state.cause) || meaning)
  }
  if (policy.standard) return afterFailure(state, meaning, input, policy)
  return [{ type: 'failing', ledger: state.ledger, failure: meaning }, { type: 'read-excerpt' }]
}

/** No reply came. */
export function unanswered(state: Connecting, input: InputOf<'failed'>, policy: Policy): Step {
  return policy.probe?.(state, input, policy) ?? afterFailure(state, input.failure, input, policy)
}

/** The headers timeout has passed. */
export function timedOut(state: Connecting, input: InputOf<'timer'>, policy: Policy): Step {
  return afterFailure(state, { code: 'timeout', timeout: 'headers', after: state.timeout }, input, policy)
}

/** `resume` had nothing to go on with: what it was called for is the last word, be it only a cursor, or `reconnect()`. */
export function notResumed(state: Connecting): Step {
  return fail(state, state.cause ?? { code: 'truncated', hint: '`resume` gave no request' })
}
