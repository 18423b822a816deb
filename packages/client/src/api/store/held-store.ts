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
  readonly end: () => void
  holders: number
}

/** What components of this page hold, by key; on a server nothing is held. */
const feeds = new Map<unknown, Feed>()

/**
 * Any number of holders give the same key: the first one's store runs for all of them, until the last lets go. Without
 * a key there is nothing to run at the moment. Holders may go and come back, as in React's Activity: what their user
 * has stopped stays so.
 */
export function sharedStore<Event, Data>(
  key: unknown,
  store: EventStore<Event, Data, void>,
): HeldStore<Event, Data> {
  let wanted = true
  const wants = (want: boolean, then?: () => void) => () => {
    wanted = want
    then?.()
  }
  // What nobody holds does not start: nobody would end it.
  const off = {
    ...store,
    start: wants(true),
    stop: wants(false, store.stop),
    reset: wants(false, store.reset),
  }
  const begin = (): Feed => {
    if (wanted) store.start()
    return { store: { ...off, start: wants(true, store.start) }, end: store.stop, holders: 0 }
  }
  return {
    // Whoever shares a key says the same types.
    current: () => (feeds.get(key)?.store ?? off) as typeof store,
    hold: () => {
      if (!key) return () => {}
      const feed = feeds.get(key) ?? begin()
      feeds.set(key, feed)
      feed.holders++
      return () => {
        feed.holders--
        // Later: a component that mounts as another one unmounts, takes the connection over.
        queueMicrotask(() => {
          if (feed.holders || feeds.get(key) !== feed) return
          feeds.delete(key)
          feed.end()
        })
      }
    },
  }
}
