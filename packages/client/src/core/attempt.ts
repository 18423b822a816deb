import { fail } from './closing.ts'
import type { Failure } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { goesOn } from './request.ts'
import { nextEpoch, type InputOf, type Live, type Step } from './step.ts'

/** A new attempt, whatever went on before. `cause`: the failure that it follows. */
export function attempt(state: Live, cause: Failure | null, input: Input, policy: Policy): Step {
  const { attempt, fruitless, received } = state.ledger
  const ledger = nextEpoch(state, { attempt: attempt + 1, fruitless: fruitless + 1 })
  const resumes = policy.resumes && received
  const timeout = resumes ? policy.timeouts.resume : policy.timeouts.headers
  return [
    { type: 'connecting', ledger, startedAt: input.at, timeout, hops: [], probe: 'none', cause },
    { type: 'connect', sending: resumes ? 'resume' : 'request', timeout },
  ]
}

/** The app asks for it, so there is no wait. Where nothing can go on, dropping the connection is the end. */
export function reconnect(state: Live, input: InputOf<'reconnect'>, policy: Policy): Step {
  if (!state.ledger.received || goesOn(state, input, policy)) return attempt(state, null, input, policy)
  return fail(state, { code: 'not-repeated', method: policy.method, cause: dropped })
}

const dropped: Failure = { code: 'truncated', hint: 'reconnect() dropped the connection' }
