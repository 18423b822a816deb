import { afterFailure } from './after-failure.ts'
import { fail } from './closing.ts'
import type { Failure } from './failure.ts'
import type { Policy } from './policy.ts'
import type { InputOf, StateOf, Step } from './step.ts'

/**
 * No reply came. In a page this may be a CORS refusal, which fetch hides: a probe finds out, one more request confirms
 * it. Null where the result has nothing to do with that.
 */
export function corsProbe(
  state: StateOf<'connecting'>,
  input: InputOf<'response' | 'failed'>,
  policy: Policy,
): Step | null {
  const { probe, cause, timeout } = state
  if (probe === 'probing' && cause !== null) {
    if (input.type === 'failed') return afterFailure(state, cause, input, policy)
    return [
      { ...state, probe: 'confirming' },
      { type: 'connect', sending: 'again', timeout },
    ]
  }
  if (input.type !== 'failed' || state.ledger.opened) return null
  const { failure } = input
  if (failure.code !== 'network' || failure.fatal) return null
  if (probe === 'confirming') return fail(state, refusal(failure))
  return [
    { ...state, probe: 'probing', cause: failure },
    { type: 'connect', sending: 'probe', timeout },
  ]
}

function refusal(failure: Extract<Failure, { code: 'network' }>): Failure {
  const hint = 'the server answers, but CORS does not let this origin read it'
  // A likelier reason, which the failure names: only the preflight of Last-Event-ID may be refused.
  return { hint, ...failure, fatal: true }
}
