import type { Steps } from './steps.ts'
import { longestTask } from './longest-task.ts'

/** The most ms that a consumer takes for one of which hundreds may come at once: that many are what one piece brings. */
const quick = 0.02

/**
 * Steps with a pause where the consumer has worked for long: what is there already comes by microtasks, and half a
 * megabyte of events, at 5 ms each, kept timers, signals and sockets of the whole process waiting for 36 s.
 */
export function inTime<T>(steps: Steps<T>, pause: () => Promise<void>): Steps<T> {
  return new Paced(steps, pause)
}

class Paced<T> implements Steps<T> {
  readonly #steps: Steps<T>
  readonly #pause: () => Promise<void>
  /** What is there comes at once: the consumer was quick with the last ones. */
  #atOnce = false
  /** When the consumer was given the last one that it waited for. */
  #given = Infinity
  /** In ms, since the last pause. Added up over any number of chunks: to wait for the next one may be no turn for the others. */
  #worked = 0

  constructor(steps: Steps<T>, pause: () => Promise<void>) {
    this.#steps = steps
    this.#pause = pause
  }

  /** No look at the clock, nor a count: V8 would not compile as one what else an event passes through, a thirtieth of its time. */
  ready(): T | null | undefined {
    return this.#atOnce ? this.#steps.ready?.() : null
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const took = performance.now() - this.#given
    this.#atOnce = took >= 0 && took <= (this.#atOnce ? longestTask : quick)
    this.#worked += Math.max(0, took)
    if (this.#worked > longestTask) {
      await this.#pause()
      this.#worked = 0
    }
    const result = await this.#steps.next()
    this.#given = performance.now()
    return result
  }

  stop(): unknown {
    return this.#steps.stop()
  }
}
