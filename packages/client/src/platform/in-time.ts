import type { Steps } from './steps.ts'
import { Stint } from './stint.ts'

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
  readonly #stint = new Stint()

  constructor(steps: Steps<T>, pause: () => Promise<void>) {
    this.#steps = steps
    this.#pause = pause
  }

  ready(): T | null {
    return this.#stint.isOver() ? null : (this.#steps.ready?.() ?? null)
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#stint.isOver()) {
      await this.#pause()
      this.#stint.begin()
    }
    const result = await this.#steps.next()
    this.#stint.goOn()
    return result
  }

  stop(): unknown {
    return this.#steps.stop()
  }
}
