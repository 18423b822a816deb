import { fail } from './closing.ts'
import type { Effect, Sending } from './effect.ts'
import type { Failure } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { goesOn } from './request.ts'
import type { Ledger } from './state.ts'
import { letGo, withLedger, type InputOf, type Live, type Step } from './step.ts'

/** A new attempt, whatever went on before. `cause`: the failure that it follows. */
export function attempt(state: Live, cause: Failure | null, input: Input, policy: Policy): Step {
  const { ledger } = withLedger(state, {
    epoch: state.ledger.epoch + 1,
    attempt: state.ledger.attempt + 1,
    fruitless: state.ledger.fruitless + 1,
  })
  const resumes = policy.resumes && ledger.received
  const sending: Sending = { type: resumes ? 'resume' : 'request' }
  const timeout = resumes ? policy.timeouts.resume : policy.timeouts.headers
  return [
    { type: 'connecting', ledger, startedAt: input.at, timeout, hops: [], probe: 'none', cause },
    [...letGo(state), connect(ledger, sending, timeout)],
  ]
}

export function connect(ledger: Ledger, sending: Sending, timeout: number): Effect {
  return { type: 'connect', epoch: ledger.epoch, attempt: ledger.attempt, sending, timeout }
}

/** The app says so: at once. Where nothing can go on, dropping the connection is the end. */
export function reconnect(state: Live, input: InputOf<'reconnect'>, policy: Policy): Step {
  if (!state.ledger.received || goesOn(state.ledger, policy, input.resumable)) {
    return attempt(state, null, input, policy)
  }
  return fail(state, { code: 'not-repeated', method: policy.method, cause: droppedByApp })
}

const droppedByApp: Failure = {
  code: 'network',
  cause: undefined,
  unsent: false,
  fatal: false,
  hint: 'reconnect() dropped the connection',
}
