import type { Effect } from '../../src/core/effect.ts'
import type { Command, Result } from '../../src/core/input.ts'
import type { Policy } from '../../src/core/policy.ts'
import { initialState } from '../../src/core/initial-state.ts'
import type { State } from '../../src/core/state.ts'
import { step } from '../../src/core/transition.ts'

interface Circumstances {
  /** Ms that pass before the input. */
  readonly after?: number
  readonly random?: number
  readonly resumable?: boolean
  readonly repeated?: number
  /** Of the effect whose result this is; by default the current one. */
  readonly epoch?: number
}

/** A connection without a driver: inputs go in by hand, effects are looked at. */
export class Machine {
  state: State
  /** Of the last input. */
  effect: Effect | null = null
  at = 0
  readonly #policy: Policy

  constructor(policy: Policy) {
    this.#policy = policy
    this.state = initialState(policy)
  }

  send(input: Command | Result, given: Circumstances = {}): this {
    this.at += given.after ?? 0
    const { random = 0, resumable = false, repeated, epoch = this.state.ledger.epoch } = given
    const stamp = { at: this.at, random, resumable, repeated, epoch }
    const [state, effect] = step(this.state, { ...input, ...stamp }, this.#policy)
    this.state = state
    this.effect = effect
    return this
  }

  effectOf<T extends Effect['type']>(type: T): Extract<Effect, { type: T }> | null {
    const { effect } = this
    const isOfType = (effect: Effect): effect is Extract<Effect, { type: T }> => effect.type === type
    return effect !== null && isOfType(effect) ? effect : null
  }

  /** The ms of the wait that the last input led to. */
  get delay(): number | null | undefined {
    return this.effectOf('wait')?.delay
  }
}
