import type { Effect } from './effect.ts'
import type { Input } from './input.ts'
import type { Ledger, State } from './state.ts'

/** What one step gives: the next state, and what the driver is to do. */
export type Step = readonly [State, readonly Effect[]]

export type StateOf<S extends State['type']> = Extract<State, { type: S }>
export type InputOf<I extends Input['type']> = Extract<Input, { type: I }>
export type Live = Exclude<State, { type: 'closed' }>

export function stay(state: State): Step {
  return [state, []]
}

export function withLedger<S extends State>(state: S, changes: Partial<Ledger>): S {
  return { ...state, ledger: { ...state.ledger, ...changes } }
}

/** Nothing of the state that is left may go on: its connection or its timer. */
export function letGo(state: Live): readonly Effect[] {
  switch (state.type) {
    case 'idle':
      return []
    case 'waiting':
      return typeof state.until === 'number' ? [{ type: 'cancel-sleep' }] : []
    default:
      return [{ type: 'drop' }]
  }
}
