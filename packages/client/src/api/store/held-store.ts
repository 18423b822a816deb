import type { EventStore } from './event-store.ts'

/** The store that a component looks at, and the hold that makes it run: what every binding is built on. */
export interface HeldStore<Event, Data, Variables = void> {
  /** The store at the moment: with a key, the shared one for as long as somebody holds it. */
  readonly current: () => EventStore<Event, Data, Variables>
  /** Called when the component is live; returns a function that lets go. */
  readonly hold: () => () => void
}

interface Shared {
  readonly store: EventStore<unknown, unknown, void>
  readonly end: () => void
  holders: number
}

/** The stores that components of this page hold, by key. On a server nothing is held. */
const sharedStores = new Map<unknown, Shared>()

/**
 * Of all holders with the same key the first one's store runs for all, until the last lets go. With an empty key nothing
 * runs. Holders may go and come back, as in React's Activity: a store that their user has stopped stays stopped.
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
  // A store that nobody holds does not start: nobody would end it.
  const off = {
    ...store,
    start: wants(true),
    stop: wants(false, store.stop),
    reset: wants(false, store.reset),
  }
  const begin = (): Shared => {
    if (wanted) store.start()
    return { store: { ...off, start: wants(true, store.start) }, end: store.stop, holders: 0 }
  }
  return {
    // Components that share a key agree on the types.
    current: () => (sharedStores.get(key)?.store ?? off) as typeof store,
    hold: () => {
      if (!key) return () => {}
      const shared = sharedStores.get(key) ?? begin()
      sharedStores.set(key, shared)
      shared.holders++
      return () => {
        shared.holders--
        // Later: a component that mounts as another one unmounts takes the connection over.
        void Promise.resolve().then(() => {
          if (shared.holders || sharedStores.get(key) !== shared) return
          sharedStores.delete(key)
          shared.end()
        })
      }
    },
  }
}
