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
  const run = snapshot()
  const own = run === null ? follower : { command: (event: E) => run(() => follower.command(event)) }
  bound.set(follower, own)
  return own
}

/** Runs a function in the context of now. Null where the runtime has no such contexts, or does not give them without an import. */
function snapshot(): ((work: () => void) => void) | null {
  const storage = globalThis.process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage
  return storage?.snapshot?.() ?? null
}
