import type { State } from '../../src/core/state.ts'
import { step } from '../../src/core/transition.ts'
import { sampleInputs } from './inputs.ts'
import { samples } from './policies.ts'
import { now, sampleStates } from './states.ts'

type Name = State['type']

/** One way from a state to a state, and the inputs that take it. */
export interface Edge {
  readonly from: Name
  readonly to: Name
  readonly inputs: readonly string[]
}

/** What the table of transitions does, seen from far: every step of the golden table, by the names of its states alone. */
export function edges(): readonly Edge[] {
  const found = new Map<string, { from: Name; to: Name; inputs: Set<string> }>()
  for (const { policy, resumable } of samples) {
    for (const state of Object.values(sampleStates(policy))) {
      for (const input of Object.values(sampleInputs)) {
        const stamp = { epoch: state.ledger.epoch, at: now, random: 0.5, resumable }
        const [next, effect] = step(state, { ...input, ...stamp }, policy)
        if (next.type === state.type && effect === null) continue
        const key = `${state.type} ${next.type}`
        const edge = found.get(key) ?? { from: state.type, to: next.type, inputs: new Set() }
        found.set(key, { ...edge, inputs: edge.inputs.add(input.type) })
      }
    }
  }
  return Array.from(found.values(), ({ from, to, inputs }) => ({ from, to, inputs: [...inputs] }))
}
