import type { EventStore } from '@millrace/client'

type Shown = ReturnType<EventStore<unknown, unknown, unknown>['getSnapshot']>

/** Resolves once a snapshot does what is asked of it. */
export function shown(
  store: Pick<EventStore<unknown, unknown, never>, 'subscribe' | 'getSnapshot'>,
  holds: (snapshot: Shown) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds(store.getSnapshot())) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = store.subscribe(check)
    check()
  })
}
