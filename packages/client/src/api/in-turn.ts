const over = { done: true, value: undefined } as const

/**
 * An iterator that takes one step at a time, in the order of the calls. Unlike an async generator's, its `return` does
 * not wait for an event that may never come, and stops what it reads also before the first step. What is `there`
 * already needs no turn: to wait for one would cost more than parsing an event.
 */
export function inTurn<T>(
  step: () => Promise<IteratorResult<T, undefined>>,
  stop: () => unknown,
  there: () => T | null = () => null,
): AsyncIterableIterator<T, undefined> {
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let stopped = false
  const end = async (): Promise<IteratorResult<T, undefined>> => {
    stopped = true
    await stop()
    return over
  }
  return {
    next: () => {
      const value = waiting === 0 && !stopped ? there() : null
      if (value !== null) return Promise.resolve({ done: false, value })
      waiting++
      const result = turn.then(() => (stopped ? over : step()))
      const settle = () => void waiting--
      turn = result.then(settle, () => {
        settle()
        return end()
      })
      return result
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
