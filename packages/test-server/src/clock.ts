import type { Clock } from './perform.ts'
import { after } from './timer.ts'

/** Where a transport takes its time from; `virtualTime().runtime` of `@millrace/client/testing` is one. */
export interface TimeSource {
  /** Milliseconds since the epoch. */
  readonly wall: () => number
  /** Calls `wake` once after `ms`; gives what stops it. */
  readonly sleep: (ms: number, wake: () => void, unref: boolean) => () => void
}

const systemTime: TimeSource = {
  wall: () => Date.now(),
  sleep: after,
}

/** A clock on a time source; the machine's own time unless given. */
export function clockOf(time: TimeSource = systemTime): Clock {
  return {
    now: time.wall,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const done = () => {
          stop()
          signal.removeEventListener('abort', done)
          resolve()
        }
        const stop = time.sleep(ms, done, false)
        signal.addEventListener('abort', done)
      }),
  }
}
