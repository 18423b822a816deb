const over = { done: true, value: undefined } as const

/**
 * An iterator that takes one step at a time, in the order of the calls. Unlike an async generator's, its `return` does
 * not wait for an event that may never come, and stops what it reads also before the first step.
 */
export function inTurn<T>(
  step: () => Promise<IteratorResult<T, undefined>>,
  stop: () => unknown,
): AsyncIterableIterator<T, undefined> {
  let turn: Promise<unknown> = Promise.resolve()
  let stopped = false
  const end = async (): Promise<IteratorResult<T, undefined>> => {
    stopped = true
    await stop()
    return over
  }
  return {
    next: () => {
      const result = turn.then(() => (stopped ? over : step()))
      turn = result.catch(end)
      return result
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
