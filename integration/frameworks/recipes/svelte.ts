import type { EventStore } from '@millrace/client'
import { createSubscriber } from 'svelte/reactivity'

/** `const feed = live(createEventStore(…))`, then `{feed().data}`: it runs while something shows it. */
export function live<Event, Data>(store: EventStore<Event, Data, void>) {
  const subscribe = createSubscriber((update) => {
    const unsubscribe = store.subscribe(update)
    store.start()
    return () => (unsubscribe(), store.stop())
  })
  return () => (subscribe(), store.getSnapshot())
}
