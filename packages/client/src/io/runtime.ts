import { longestDelay } from '../core/retry-policy.ts'

/** Time and randomness, the only sources of them for what a connection does and when. Tests pass virtual ones. */
export interface Runtime {
  /** Monotonic ms. */
  readonly now: () => number
  /** Milliseconds since the epoch. */
  readonly wall: () => number
  /** In [0, 1). */
  readonly random: () => number
  /**
   * Calls `wake` once after `ms`, after 0 once what has come meanwhile can have been read; returns a function that stops
   * the timer. `unref`: it keeps no process alive.
   */
  readonly sleep: (ms: number, wake: () => void, unref: boolean) => () => void
}

export const systemRuntime: Runtime = {
  now: () => performance.now(),
  wall: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, wake, unref) => {
    // To Angular's zone.js a timer is work that the page waits for. A connection is none, as with the native class.
    const timers: Timers = globalThis
    const timer: Timer = (timers.__zone_symbol__setTimeout ?? setTimeout)(
      wake,
      // Firefox runs a timer of 0 in one go with the one that set it, before anything is read.
      Math.min(ms || 100, longestDelay),
    )
    if (unref) timer.unref?.()
    return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0])
  },
}

interface Timers {
  readonly setTimeout: typeof setTimeout
  /** The runtime's own, where zone.js has put another in its place. */
  readonly __zone_symbol__setTimeout?: typeof setTimeout
}

/** Node's timers are objects that can be told not to keep the process alive; elsewhere they are numbers. */
interface Timer {
  unref?(): unknown
}
