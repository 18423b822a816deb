'use client'
import { useEffect, useSyncExternalStore } from 'react'
import type { EventStore } from '../api/store/event-store.ts'
import type { EventStoreSnapshot } from '../api/store/store-snapshot.ts'

/** What a hook gives: the snapshot's members, and what can be done. The functions stay the same for a store. */
export interface StoreView<Event, Data, Variables> extends EventStoreSnapshot<Event, Data> {
  /** Starts; a run that is under way is superseded. */
  readonly start: (variables: Variables) => void
  /** Ends the connection and keeps what was received. */
  readonly stop: () => void
  /** Ends the connection and forgets everything. */
  readonly reset: () => void
}

export function useStore<Event, Data, Variables>(
  store: EventStore<Event, Data, Variables>,
  onEvent: (event: Event) => void,
): StoreView<Event, Data, Variables> {
  useEffect(() => store.onEvent(onEvent), [store, onEvent])
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getServerSnapshot)
  return { ...snapshot, start: store.start, stop: store.stop, reset: store.reset }
}
