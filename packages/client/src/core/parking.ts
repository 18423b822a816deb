import { attempt } from './attempt.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { goesOn } from './request.ts'
import { letGo, stay, withLedger, type InputOf, type Live, type StateOf, type Step } from './step.ts'

/** The page enters the back/forward cache: nothing may stay open there, or the browser throws the page away. */
export function freeze(state: Live, input: InputOf<'freeze'>, policy: Policy): Step {
  if (policy.retry === null || !goesOn(state.ledger, policy, input.resumable)) return stay(state)
  return park(state, 'thaw', input)
}

/** Back from that cache, where events may have been missed. */
export function thaw(state: StateOf<'waiting'>, input: InputOf<'thaw'>, policy: Policy): Step {
  return state.until === 'thaw' ? onceOnline(state, input, policy) : stay(state)
}

/** The machine slept: what was open is dead, though nothing tells. */
export function renew(state: StateOf<'open'>, input: InputOf<'wake'>, policy: Policy): Step {
  if (policy.retry === null || !goesOn(state.ledger, policy, input.resumable)) return stay(state)
  return onceOnline(state, input, policy)
}

function onceOnline(state: StateOf<'open' | 'waiting'>, input: Input, policy: Policy): Step {
  if (state.ledger.online) return attempt(state, null, input, policy)
  return park(state, 'online', input)
}

function park(state: Live, until: 'online' | 'thaw', input: Input): Step {
  const { ledger } = withLedger(state, { epoch: state.ledger.epoch + 1 })
  return [{ type: 'waiting', ledger, until, notBefore: input.at, failure: null }, letGo(state)]
}
