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
  let moved: Promise<void> = Promise.resolve()
  /** One wait after another: each of a hundred at once would look on whether the others are over, again and again. */
  function jump(delay: number): void {
    const until = time.runtime.now() + delay
    moved = moved.then(() => time.advance(Math.max(0, until - time.runtime.now())))
  }
  return {
    options: {
      runtime: time.runtime,
      observe: (observation) => {
        observations.push(observation)
        if (observation.type !== 'scheduled') return
        delays.push(observation.delay)
        jump(observation.delay)
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
