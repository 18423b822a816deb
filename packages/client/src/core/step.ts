import type { Effect } from './effect.ts'
import type { Input } from './input.ts'
import type { Ledger, State } from './state.ts'

/** The outcome of one step: the next state, and what the driver is to do, if anything. */
export type Step = readonly [State, Effect | null]

export type StateOf<S extends State['type']> = Extract<State, { type: S }>
export type InputOf<I extends Input['type']> = Extract<Input, { type: I }>
export type Live = Exclude<State, { type: 'closed' }>

export function stay(state: State): Step {
  return [state, null]
}

export function withLedger<S extends State>(state: S, changes: Partial<Ledger>): S {
  return { ...state, ledger: { ...state.ledger, ...changes } }
}

/** The ledger of a state that gives up what was under way, whose results are stale from here on. */
export function nextEpoch(state: Live, changes: Partial<Ledger> = {}): Ledger {
  return { ...state.ledger, ...changes, epoch: state.ledger.epoch + 1 }
}
