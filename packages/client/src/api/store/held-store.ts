import type { EventStore } from './event-store.ts'

/** A subscription that runs as long as somebody holds it. */
export interface HeldStore<Event, Data> extends EventStore<Event, Data, void> {
  /** Gives what lets go. */
  readonly hold: () => () => void
}

/** One holder: holding is running. */
export function ownStore<Event, Data>(store: EventStore<Event, Data, void>): HeldStore<Event, Data> {
  return {
    ...store,
    hold: () => {
      store.start()
      return store.stop
    },
  }
}

/** Nothing to hold: there is no URL at the moment. */
export function offStore<Event, Data>(store: EventStore<Event, Data, void>): HeldStore<Event, Data> {
  return { ...store, start: () => {}, hold: () => () => {} }
}

interface Feed {
  readonly store: EventStore<unknown, unknown, void>
  holders: number
}

/** What components of this page share. Only what somebody holds is in it, so nothing is on a server. */
const feeds = new Map<string, Feed>()

/** Any number of holders: the first one's store runs for all of them, until the last lets go. */
export function sharedStore<Event, Data>(
  key: string,
  own: EventStore<Event, Data, void>,
): HeldStore<Event, Data> {
  // Whoever shares a key says the same types.
  const current = () => (feeds.get(key)?.store ?? own) as typeof own
  return {
    subscribe: (listener) => current().subscribe(listener),
    onEvent: (listener) => current().onEvent(listener),
    getSnapshot: () => current().getSnapshot(),
    getServerSnapshot: own.getServerSnapshot,
    start: () => current().start(),
    stop: () => current().stop(),
    reset: () => current().reset(),
    hold: () => {
      const feed = feeds.get(key) ?? begin(key, own)
      feed.holders++
      return () => {
        feed.holders--
        // Later: a component that mounts as another one unmounts, takes the connection over.
        queueMicrotask(() => end(key, feed))
      }
    },
  }
}

function begin(key: string, store: EventStore<unknown, unknown, void>): Feed {
  const feed = { store, holders: 0 }
  feeds.set(key, feed)
  store.start()
  return feed
}

function end(key: string, feed: Feed): void {
  if (feed.holders > 0 || feeds.get(key) !== feed) return
  feeds.delete(key)
  feed.store.stop()
}
