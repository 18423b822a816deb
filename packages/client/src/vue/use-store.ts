import { computed, getCurrentInstance, onMounted, shallowRef, watch, type ComputedRef } from 'vue'
import type { EventStore } from '../api/event-store.ts'
import type { HeldStore } from '../api/held-store.ts'
import type { EventStoreSnapshot } from '../api/store-snapshot.ts'

type Refs<T> = { readonly [Name in keyof T]: ComputedRef<T[Name]> }

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
  const snapshot = shallowRef(current().getServerSnapshot())
  whenLive(() =>
    watch(
      current,
      (store, _, onCleanup) => {
        const show = () => {
          snapshot.value = store.getSnapshot()
        }
        const ends = [store.hold(), store.subscribe(show), store.onEvent(onEvent)]
        show()
        onCleanup(() => ends.forEach((end) => end()))
      },
      { immediate: true, flush: 'sync' },
    ),
  )
  const member = <Name extends keyof EventStoreSnapshot<Event, Data>>(name: Name) =>
    computed(() => snapshot.value[name])
  return {
    data: member('data'),
    history: member('history'),
    phase: member('phase'),
    error: member('error'),
    lastEventId: member('lastEventId'),
    nextRetryAt: member('nextRetryAt'),
    outcome: member('outcome'),
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
