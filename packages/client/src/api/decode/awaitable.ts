export type Awaitable<T> = T | PromiseLike<T>

export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown }

/** By its `then`: a promise may come of another realm, or of a library. */
export function isPromise<T>(value: Awaitable<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** Goes on at once with a plain value: an `await` for each event would cost more than parsing it. */
export function after<A, B>(value: Awaitable<A>, work: (value: A) => Awaitable<B>): Awaitable<B> {
  return isPromise(value) ? value.then(work) : work(value)
}

/** Runs, and gives what was thrown or rejected as a value. */
export function tried<T>(work: () => Awaitable<T>): Awaitable<Tried<T>> {
  try {
    const value = work()
    return isPromise(value) ? value.then(succeeded, failed) : succeeded(value)
  } catch (error) {
    return failed(error)
  }
}

function succeeded<T>(value: T): Tried<T> {
  return { ok: true, value }
}

function failed(error: unknown): Tried<never> {
  return { ok: false, error }
}
