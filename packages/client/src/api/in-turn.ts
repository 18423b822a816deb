import type { Steps } from '../platform/steps.ts'
import { isGiven } from './is-given.ts'

const over = { done: true, value: undefined } as const

/**
 * An iterator that takes one step at a time, in the order of the calls. Unlike an async generator's, its `return` does
 * not wait for an event that may never come, and stops the source even before the first step. What is `ready` is given
 * at once: to wait for a turn would cost more than parsing an event.
 */
export class InTurn<T> implements AsyncIterableIterator<T, undefined> {
  readonly #steps: Steps<T>
  #waiting = 0
  #turn: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(steps: Steps<T>) {
    this.#steps = steps
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const value = this.#stopped || this.#waiting ? null : this.#steps.ready?.()
    if (isGiven(value)) return Promise.resolve({ done: false, value })
    this.#waiting++
    const result = this.#turn.then(() => (this.#stopped ? over : this.#steps.next()))
    const settle = () => void this.#waiting--
    this.#turn = result.then(settle, () => {
      settle()
      return this.return()
    })
    return result
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
