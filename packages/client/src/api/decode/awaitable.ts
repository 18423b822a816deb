export type Awaitable<T> = T | PromiseLike<T>

/** Recognized by `then`: a promise may be from another realm, or from a library. */
export function isPromise<T>(value: Awaitable<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/**
 * Calls `use` with what `work` gives, or `failed` with what it throws or rejects with. A plain value goes on at once: an
 * `await` for each event would cost more than parsing it.
 */
export function whenDone<A, B>(
  work: () => Awaitable<A>,
  use: (value: A) => Awaitable<B>,
  failed: (error: unknown) => Awaitable<B>,
): Awaitable<B> {
  let value
  try {
    value = work()
  } catch (error) {
    return failed(error)
  }
  return isPromise(value) ? value.then(use, failed) : use(value)
}
