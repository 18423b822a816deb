import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { goesOn } from './request.ts'
import { stay, type InputOf, type Live, type StateOf, type Step } from './step.ts'
import { goOn, pause, restOf } from './waiting.ts'

/** The page enters the back/forward cache: nothing may stay open there, or the browser throws the page away. */
export function freeze(state: Live, input: InputOf<'freeze'>, policy: Policy): Step {
  return comesBack(state, input, policy) ? pause(state, 'thaw', restOf(state, input)) : stay(state)
}

/** Back from that cache, where events may have been missed. */
export function thaw(state: StateOf<'waiting'>, input: InputOf<'thaw'>, policy: Policy): Step {
  return state.until === 'thaw' ? goOn(state, input, policy) : stay(state)
}

/** The machine slept: what was open is dead, though nothing tells. */
export function renew(state: StateOf<'open'>, input: InputOf<'wake'>, policy: Policy): Step {
  return comesBack(state, input, policy) ? goOn(state, input, policy) : stay(state)
}

function comesBack(state: Live, input: Input, policy: Policy): boolean {
  return !policy.retry.once && goesOn(state, input, policy)
}
