import { attempt } from './attempt.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { goesOn } from './request.ts'
import { stay, type InputOf, type Live, type StateOf, type Step } from './step.ts'
import { pause } from './waiting.ts'

/** The page enters the back/forward cache: nothing may stay open there, or the browser throws the page away. */
export function freeze(state: Live, input: InputOf<'freeze'>, policy: Policy): Step {
  return comesBack(state, input, policy) ? park(state, 'thaw', input) : stay(state)
}

/** Back from that cache, where events may have been missed. */
export function thaw(state: StateOf<'waiting'>, input: InputOf<'thaw'>, policy: Policy): Step {
  return state.until === 'thaw' ? onceOnline(state, input, policy) : stay(state)
}

/** The machine slept: what was open is dead, though nothing tells. */
export function renew(state: StateOf<'open'>, input: InputOf<'wake'>, policy: Policy): Step {
  return comesBack(state, input, policy) ? onceOnline(state, input, policy) : stay(state)
}

function comesBack(state: Live, input: Input, policy: Policy): boolean {
  return !policy.retry.once && goesOn(state, input, policy)
}

function onceOnline(state: StateOf<'open' | 'waiting'>, input: Input, policy: Policy): Step {
  if (state.ledger.online) return attempt(state, null, input, policy)
  return park(state, 'online', input)
}

function park(state: Live, until: 'online' | 'thaw', { at }: Input): Step {
  return pause(state, until, { notBefore: at, failure: null })
}
