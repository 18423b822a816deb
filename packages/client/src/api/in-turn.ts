import { pause } from '#platform'
import { longestTask } from '../platform/longest-task.ts'
import { isGiven } from './is-given.ts'
import type { Steps } from './steps.ts'

const over = { done: true, value: undefined } as const

/** A consumer that takes more ms than this for an event is not given the next ones at once: one piece of a read brings hundreds. */
const quick = 0.02

/**
 * An iterator that takes one step at a time, in the order of the calls. Unlike an async generator's, its `return` does
 * not wait for an event that may never come, and stops the source even before the first step.
 *
 * What is `ready` is given at once: to wait for a turn would cost more than parsing an event. But only to a consumer that
 * is quick, and with a pause where it has worked for long: half a megabyte of events, at 5 ms each, would keep timers and
 * sockets of a process, and the paint of a page, waiting for 36 s.
 */
export class InTurn<T> implements AsyncIterableIterator<T, undefined> {
  readonly #steps: Steps<T>
  /** What is there comes at once: nobody waits, and the consumer was quick with the last ones. */
  #atOnce = false
  /** When the consumer was given the last one that it waited for; NaN before the first. */
  #given = NaN
  /** When the last pause was over. A wait since then may have been no turn for the others: what it waited for was there. */
  #paused = performance.now()
  #turn: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(steps: Steps<T>) {
    this.#steps = steps
  }

  /** No look at the clock for what is there, nor a count: V8 would not compile as one what each event passes through. */
  next(): Promise<IteratorResult<T, undefined>> {
    const value = this.#atOnce ? this.#steps.ready?.() : null
    return isGiven(value) ? Promise.resolve({ done: false, value }) : this.#wait()
  }

  #wait(): Promise<IteratorResult<T, undefined>> {
    const isQuick = performance.now() - this.#given <= quick
    this.#atOnce = false
    const result = this.#turn.then(() => this.#step())
    const turn: Promise<unknown> = (this.#turn = result.then(
      () => {
        this.#given = performance.now()
        this.#atOnce = isQuick && this.#turn === turn
      },
      () => this.return(),
    ))
    return result
  }

  async #step(): Promise<IteratorResult<T, undefined>> {
    if (performance.now() - this.#paused > longestTask) {
      await pause()
      this.#paused = performance.now()
    }
    return this.#stopped ? over : this.#steps.next()
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#stopped = true
    await this.#steps.stop()
    return over
  }

  /** For `yield*`, which calls it when the generator around it is thrown into, and has a TypeError where there is none. */
  async throw(error: unknown): Promise<never> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
