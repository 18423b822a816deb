import type { Policy } from './policy.ts'
import type { State } from './state.ts'

/** Before the start. A cold resume stands where a dropped stream would: only `resume` may go on with it. */
export function initialState(policy: Policy): Extract<State, { type: 'idle' }> {
  return {
    type: 'idle',
    ledger: {
      epoch: 0,
      attempt: 0,
      failures: 0,
      fruitless: 0,
      reconnectionTime: null,
      healthyAt: 0,
      eventAt: null,
      received: policy.cold,
      opened: false,
      refreshed: false,
      online: true,
    },
  }
}
