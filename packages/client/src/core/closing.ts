import type { Failure } from './failure.ts'
import { nextEpoch, type InputOf, type Live, type Step } from './step.ts'
import type { Policy } from './policy.ts'
import type { CloseReason } from './state.ts'

/** The end, from which nothing leads back. */
export function close(state: Live, reason: CloseReason): Step {
  return [
    { type: 'closed', ledger: nextEpoch(state), reason },
    { type: 'closed', reason },
  ]
}

export function fail(state: Live, failure: Failure): Step {
  return close(state, { type: 'failed', failure })
}

export function complete(state: Live): Step {
  return close(state, { type: 'complete' })
}

export function stop(state: Live, input: InputOf<'close'>): Step {
  return close(state, { type: 'stopped', by: input.by, reason: input.reason })
}

/** A terminator that was met makes the answer complete, however long the body goes on after it. */
export function expire(state: Live, input: InputOf<'total-timeout'>, policy: Policy): Step {
  if (input.verdict === 'complete') return complete(state)
  return fail(state, { code: 'timeout', timeout: 'total', after: policy.timeouts.total })
}

/** A function among the app's options threw where its decision was needed: there is no way to go on. */
export function giveUp(state: Live, input: InputOf<'defect'>): Step {
  const message = '`when`, `accept` or `ready` threw an error; see `cause`'
  return fail(state, { code: 'invalid-option', message, cause: input.cause })
}
