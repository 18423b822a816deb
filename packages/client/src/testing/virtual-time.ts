import type { Runtime } from '../io/runtime.ts'

export interface VirtualTime {
  /** Pass it as `init.runtime`. */
  readonly runtime: Runtime
  /** Moves the clock by `ms`, running what falls due on the way, in order, each with the promises it leads to. */
  advance(ms: number): Promise<void>
  /** The moments (monotonic ms) at which something is due. */
  readonly due: readonly number[]
}

interface Timer {
  readonly at: number
  readonly wake: () => void
}

/** A clock that stands still until it is moved, and dice that always say the same unless told otherwise. */
export function virtualTime(
  options: { readonly random?: () => number; readonly start?: number } = {},
): VirtualTime {
  const startedAt = options.start ?? 0
  let now = 0
  let timers: Timer[] = []
  const runtime: Runtime = {
    now: () => now,
    wall: () => startedAt + now,
    random: options.random ?? (() => 0.5),
    sleep: (ms, wake) => {
      const timer = { at: now + ms, wake }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  }
  const next = (until: number): Timer | undefined =>
    timers
      .filter(({ at }) => at <= until)
      .reduce<Timer | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined)

  async function advance(ms: number): Promise<void> {
    const until = now + ms
    await settled()
    for (let timer = next(until); timer !== undefined; timer = next(until)) {
      const due = timer
      timers = timers.filter((other) => other !== due)
      now = Math.max(now, due.at)
      due.wake()
      await settled()
    }
    now = until
  }

  return {
    runtime,
    advance,
    get due() {
      return timers.map(({ at }) => at).toSorted((a, b) => a - b)
    },
  }
}

/** A real task: every promise that was ready has run by then, however long its chain. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
