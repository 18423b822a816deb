import { getCurrentInstance, getCurrentScope, onMounted, shallowReactive, toRefs, watch, type Ref } from 'vue'
import type { HeldStore } from '../api/store/held-store.ts'
import type { EventStoreSnapshot } from '../api/store/store-snapshot.ts'

type Refs<T> = { readonly [Name in keyof T]: Readonly<Ref<T[Name]>> }

/** What a composable returns: the snapshot's members as refs, and functions. */
export interface StoreRefs<Event, Data, Variables> extends Refs<EventStoreSnapshot<Event, Data>> {
  /** Starts; a run that is under way is superseded. */
  readonly start: (variables: Variables) => void
  /** Ends the connection and keeps what was received. */
  readonly stop: () => void
  /** Ends the connection and forgets everything. */
  readonly reset: () => void
}

/** Shows the store that `held` gives and holds it, until the scope ends or there is another one. */
export function useStore<Event, Data, Variables>(
  held: () => HeldStore<Event, Data, Variables>,
  onEvent?: (event: Event) => void,
): StoreRefs<Event, Data, Variables> {
  const current = () => held().current()
  // Shallow, so that payloads stay as they are. A member that does not change updates nothing.
  const shown = shallowReactive({ ...current().getServerSnapshot() })
  const begin = () =>
    watch(
      held,
      ({ hold }, _, onCleanup) => {
        onCleanup(hold())
        const store = current()
        const show = () => Object.assign(shown, store.getSnapshot())
        onCleanup(store.subscribe(show))
        if (onEvent) onCleanup(store.onEvent(onEvent))
        show()
      },
      { immediate: true, flush: 'sync' },
    )
  // The scope may be one that outlives the component in whose setup it was made: a shared composable's, a Pinia store's.
  const scope = getCurrentScope()
  // In a component only once it is mounted: a server never gets there, and hydration starts from what it rendered.
  if (getCurrentInstance()?.isMounted === false) onMounted(() => scope?.run(begin))
  else if (inPage) begin()
  return {
    ...toRefs(shown),
    // A setup may call it, and setups run on servers, too.
    start: (variables) => inPage && current().start(variables),
    stop: () => current().stop(),
    reset: () => current().reset(),
  }
}

/** Not on a server. */
export const inPage: boolean = typeof window !== 'undefined'
