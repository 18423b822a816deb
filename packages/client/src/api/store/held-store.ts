import type { EventStore } from './event-store.ts'

/** The store that a component looks at, and whether it runs: what every binding stands on. */
export interface HeldStore<Event, Data, Variables = void> {
  /** The store at the moment: a shared one is there as long as somebody holds it. */
  readonly current: () => EventStore<Event, Data, Variables>
  /** The component is live; gives what lets go. */
  readonly hold: () => () => void
}

interface Feed {
  readonly store: EventStore<unknown, unknown, void>
  holders: number
}

/** What components of this page hold, by key; on a server nothing is held. */
const feeds = new Map<unknown, Feed>()

/**
 * Any number of holders give the same key: the first one's store runs for all of them, until the last lets go. Without
 * a key there is nothing to run at the moment.
 */
export function sharedStore<Event, Data>(
  key: unknown,
  store: EventStore<Event, Data, void>,
): HeldStore<Event, Data> {
  // What nobody holds does not start: nobody would end it.
  const off = { ...store, start: () => {} }
  return {
    // Whoever shares a key says the same types.
    current: () => (feeds.get(key)?.store ?? off) as typeof store,
    hold: () => {
      if (key === undefined) return () => {}
      const feed = feeds.get(key) ?? begin(key, store)
      feed.holders++
      return () => {
        feed.holders--
        // Later: a component that mounts as another one unmounts, takes the connection over.
        queueMicrotask(() => {
          if (feed.holders > 0 || feeds.get(key) !== feed) return
          feeds.delete(key)
          feed.store.stop()
        })
      }
    },
  }
}

function begin(key: unknown, store: EventStore<unknown, unknown, void>): Feed {
  const feed = { store, holders: 0 }
  feeds.set(key, feed)
  store.start()
  return feed
}
