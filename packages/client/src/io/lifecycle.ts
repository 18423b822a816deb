import { watchPage } from '#platform'
import type { PageEvent } from '../platform/page.ts'
import type { Runtime } from './runtime.ts'

/** What happens to the machine and the page that a connection lives in. `wake`: the machine slept. */
export type LifecycleEvent = Exclude<PageEvent, 'shown'> | 'wake'

/** Whoever is told of them. An object, since it leaves by what it came with: two functions for each connection would be more to hold. */
interface Follower {
  command(event: { readonly type: LifecycleEvent }): void
}

/** A wall clock that gained so many ms on the monotonic one, and is looked at so often. Less does no harm to a socket. */
const slept = 10_000
const interval = 10_000

const lifecycles = new WeakMap<Runtime, Lifecycle>()

/** All connections of a runtime share one timer and one set of listeners. */
export function lifecycleOf(runtime: Runtime): Lifecycle {
  let lifecycle = lifecycles.get(runtime)
  if (lifecycle === undefined) {
    lifecycle = new Lifecycle(runtime)
    lifecycles.set(runtime, lifecycle)
  }
  return lifecycle
}

class Lifecycle {
  readonly #runtime: Runtime
  readonly #followers = new Set<Follower>()
  #lead = 0
  #stop: (() => void) | null = null

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** Tells of each event, until `leave`. */
  follow(follower: Follower): void {
    this.#followers.add(follower)
    this.#stop ??= this.#start()
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
    if (this.#followers.size > 0) return
    this.#stop?.()
    this.#stop = null
  }

  #start(): () => void {
    this.#lead = this.#leadOfWall()
    const leavePage = watchPage((event) => {
      // Timers stood still, too: whoever comes back to the page should not wait for the next look at the clocks.
      this.#look()
      if (event !== 'shown') this.#tell(event)
    })
    let stopTimer: () => void
    const tick = () => {
      this.#look()
      stopTimer = this.#runtime.sleep(interval, tick, true)
    }
    stopTimer = this.#runtime.sleep(interval, tick, true)
    return () => {
      leavePage()
      stopTimer()
    }
  }

  #leadOfWall(): number {
    return this.#runtime.wall() - this.#runtime.now()
  }

  #look(): void {
    const before = this.#lead
    this.#lead = this.#leadOfWall()
    if (this.#lead - before >= slept) this.#tell('wake')
  }

  #tell(type: LifecycleEvent): void {
    for (const follower of this.#followers) follower.command({ type })
  }
}
