import { useEffect, useSyncExternalStore } from 'react'
import type { HeldStore } from '../api/store/held-store.ts'
import type { EventStoreSnapshot } from '../api/store/store-snapshot.ts'
import { useKept } from './use-kept.ts'

/** What a hook returns: the snapshot's members, and functions, which stay the same for a store. */
export interface StoreView<Event, Data, Variables> extends EventStoreSnapshot<Event, Data> {
  /** Starts; a run that is under way is superseded. */
  readonly start: (variables: Variables) => void
  /** Ends the connection and keeps what was received. */
  readonly stop: () => void
  /** Ends the connection and forgets everything. */
  readonly reset: () => void
}

/** Shows a store and holds it while the component is mounted. */
export function useStore<Event, Data, Variables>(
  { current, hold }: HeldStore<Event, Data, Variables>,
  onEvent?: (event: Event) => void,
): StoreView<Event, Data, Variables> {
  // First, since the store to subscribe to is the one that is held: another component's, if it is shared.
  useEffect(hold, [hold])
  useEffect(() => onEvent && current().onEvent(onEvent), [current, onEvent])
  const { subscribe, ...actions } = useKept(
    () => ({
      subscribe: (listener: () => void) => current().subscribe(listener),
      start: (variables: Variables) => current().start(variables),
      stop: () => current().stop(),
      reset: () => current().reset(),
    }),
    current,
  )
  const snapshot = useSyncExternalStore(
    subscribe,
    () => current().getSnapshot(),
    () => current().getServerSnapshot(),
  )
  return { ...snapshot, ...actions }
}
