import type { EventStore } from '@millrace/client'
import { createSignal, onCleanup, type Accessor } from 'solid-js'

/** `const feed = live(createEventStore(…))`, then `feed().data`: it runs until its owner is disposed. */
export function live<Event, Data>(
  store: EventStore<Event, Data, void>,
): Accessor<ReturnType<typeof store.getSnapshot>> {
  const [snapshot, show] = createSignal(store.getSnapshot())
  const unsubscribe = store.subscribe(() => show(() => store.getSnapshot()))
  store.start()
  onCleanup(() => (unsubscribe(), store.stop()))
  return snapshot
}
