import type { Observation, Runtime } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'

/** Virtual time, with dice that add no jitter, that jumps over each wait for a retry, and remembers how long it was. */
export interface Skipping {
  /** To be given to the stream: `{ runtime, observe }`. */
  readonly options: { readonly runtime: Runtime; readonly observe: (observation: Observation) => void }
  /** The waits for retries in ms. */
  readonly delays: readonly number[]
  readonly observations: readonly Observation[]
  advance(ms: number): Promise<void>
  /** Moments at which something is due: empty when nothing more can come of its own. */
  readonly due: readonly number[]
}

export function skipping(): Skipping {
  const time = virtualTime({ random: () => 0 })
  const delays: number[] = []
  const observations: Observation[] = []
  return {
    options: {
      runtime: time.runtime,
      observe: (observation) => {
        observations.push(observation)
        if (observation.type !== 'scheduled') return
        delays.push(observation.delay)
        void time.advance(observation.delay)
      },
    },
    delays,
    observations,
    advance: time.advance,
    get due() {
      return time.due
    },
  }
}
