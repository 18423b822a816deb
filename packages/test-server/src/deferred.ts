/** A promise and what settles it; `Promise.withResolvers` came with Node 22. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

const unset = (): void => {}

export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = unset
  let reject: (reason: unknown) => void = unset
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
