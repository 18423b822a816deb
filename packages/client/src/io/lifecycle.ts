import { inOwnContext, watchPage } from '#platform'
import type { PageEvent } from '../platform/terms.ts'
import type { Runtime } from './runtime.ts'

/** What happens to the machine and the page that a connection lives in. `wake`: the machine slept, for so many ms. */
export type LifecycleEvent =
  | { readonly type: Exclude<PageEvent, 'shown'> }
  | { readonly type: 'wake'; readonly slept: number }

/** Told of each event until it leaves. An object rather than a function, so that nothing more has to be kept for leaving. */
interface Follower {
  command(event: LifecycleEvent): void
}

/** The machine slept if the wall clock gained so many ms on the monotonic one: a shorter sleep does no harm to a socket. */
const leastSleep = 10_000
/** How often the clocks are compared, in ms. */
const interval = 10_000

const lifecycles = new WeakMap<Runtime, Lifecycle>()

/** All connections of a runtime share one timer and one set of listeners. */
export function lifecycleOf(runtime: Runtime): Lifecycle {
  const lifecycle = lifecycles.get(runtime) ?? new Lifecycle(runtime)
  lifecycles.set(runtime, lifecycle)
  return lifecycle
}

class Lifecycle {
  readonly #runtime: Runtime
  /** Each with how it is told: all share one timer, whose own context is that of the first. */
  readonly #followers = new Map<Follower, Follower>()
  /** What the wall clock was ahead of the monotonic one at the last look, in ms. */
  #lead = 0
  #stop: (() => void) | null = null

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** Tells the follower of each event, until it leaves. */
  follow(follower: Follower): void {
    this.#followers.set(follower, inOwnContext(follower))
    this.#stop ??= this.#start()
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
    if (this.#followers.size > 0) return
    this.#stop?.()
    this.#stop = null
  }

  #start(): () => void {
    // The first look has nothing to compare with.
    this.#lead = Infinity
    const leavePage = watchPage((event) => {
      // Timers stood still as well: whoever comes back to the page should not wait for the next comparison.
      this.#look()
      if (event !== 'shown') this.#tell({ type: event })
    })
    let stopTimer: () => void
    const tick = () => {
      // Before it looks: whoever hears of a sleep may be the last to leave.
      stopTimer = this.#runtime.sleep(interval, tick, true)
      this.#look()
    }
    tick()
    return () => {
      leavePage()
      stopTimer()
    }
  }

  #look(): void {
    const lead = this.#runtime.wall() - this.#runtime.now()
    const slept = lead - this.#lead
    this.#lead = lead
    if (slept >= leastSleep) this.#tell({ type: 'wake', slept })
  }

  #tell(event: LifecycleEvent): void {
    this.#followers.forEach((follower) => follower.command(event))
  }
}
