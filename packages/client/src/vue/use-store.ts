import { getCurrentInstance, onMounted, shallowReactive, toRefs, watch, type Ref } from 'vue'
import type { EventStore } from '../api/store/event-store.ts'
import type { HeldStore } from '../api/store/held-store.ts'
import type { EventStoreSnapshot } from '../api/store/store-snapshot.ts'

type Refs<T> = { readonly [Name in keyof T]: Readonly<Ref<T[Name]>> }

/** What a composable gives: the snapshot's members as refs, and what can be done. */
export interface StoreRefs<Event, Data, Variables> extends Refs<EventStoreSnapshot<Event, Data>> {
  /** Starts; a run that is under way is superseded. */
  readonly start: (variables: Variables) => void
  /** Ends the connection and keeps what was received. */
  readonly stop: () => void
  /** Ends the connection and forgets everything. */
  readonly reset: () => void
}

type Holdable<Event, Data, Variables> = EventStore<Event, Data, Variables> &
  Pick<HeldStore<Event, Data>, 'hold'>

/** Shows the store that `current` gives and holds it, until the scope ends or there is another one. */
export function useStore<Event, Data, Variables>(
  current: () => Holdable<Event, Data, Variables>,
  onEvent: (event: Event) => void,
): StoreRefs<Event, Data, Variables> {
  // Shallow: payloads are handed on as they are. A member that stays the same updates nothing.
  const shown = shallowReactive({ ...current().getServerSnapshot() })
  whenLive(() =>
    watch(
      current,
      (store, _, onCleanup) => {
        const show = () => void Object.assign(shown, store.getSnapshot())
        const ends = [store.hold(), store.subscribe(show), store.onEvent(onEvent)]
        show()
        onCleanup(() => ends.forEach((end) => end()))
      },
      { immediate: true, flush: 'sync' },
    ),
  )
  return {
    ...toRefs(shown),
    start: (variables) => current().start(variables),
    stop: () => current().stop(),
    reset: () => current().reset(),
  }
}

/** In a component once it is mounted: a server never gets there, and what it rendered is what is hydrated. */
function whenLive(begin: () => void): void {
  if (getCurrentInstance() !== null) onMounted(begin)
  else if (typeof window !== 'undefined') begin()
}
