/** Told of what happens to the machine. */
interface Follower<E> {
  command(event: E): void
}

const bound = new WeakMap<object, Follower<never>>()

/**
 * The same follower, told in the asynchronous context (`AsyncLocalStorage`) of the first call with it. All connections
 * share one timer: by it alone each would ask for its headers, the token of a tenant, in the context of the connection that
 * set it. The same object for each call.
 */
export function inOwnContext<E>(follower: Follower<E>): Follower<E> {
  const known: Follower<E> | undefined = bound.get(follower)
  if (known) return known
  const context = contextOfNow()
  const own =
    context === null
      ? follower
      : { command: (event: E) => context.runInAsyncScope(() => follower.command(event)) }
  bound.set(follower, own)
  return own
}

interface Context {
  runInAsyncScope(work: () => void): void
}

/**
 * Null where the runtime has no such contexts, or does not give them without an import. No `AsyncLocalStorage.snapshot()`,
 * which would take 1.6 kB of each connection's heap in place of 0.2.
 */
function contextOfNow(): Context | null {
  const Resource = globalThis.process?.getBuiltinModule?.('node:async_hooks')?.AsyncResource
  return Resource ? new Resource('millrace') : null
}
