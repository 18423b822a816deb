import { createEventStore } from '../api/store/event-store.ts'
import { fetchEventStream } from '../api/stream/fetch-event-stream.ts'
import type { StreamOptions } from '../api/options.ts'
import type { ReducerOptions, StoreOptions } from '../api/store/store-options.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

/** Options of `swrSubscription`: those of the stream and of its store. */
export interface SwrSubscriptionOptions<Data>
  extends Omit<StreamOptions<StreamEvent>, 'signal'>, StoreOptions, ReducerOptions<StreamEvent, Data> {}

/** How SWR is told what there is. */
export type SwrNext<Data> = (error?: Error | null, data?: Data) => void

/**
 * A subscription for SWR's `useSWRSubscription`, whose key is the URL. SWR keeps one value, so every event is reduced
 * into it; it is told once a frame.
 *
 * @example
 * useSWRSubscription('/prices', swrSubscription({ initial: {}, reduce: (all, { data }) => ({ ...all, ...JSON.parse(data) }) }))
 */
export function swrSubscription<Data>(
  options: SwrSubscriptionOptions<Data>,
): (url: string | URL, told: { readonly next: SwrNext<Data> }) => () => void {
  return (url, { next }) => {
    const store = createEventStore((_: void, link) => fetchEventStream(url, { ...options, ...link }), options)
    const unsubscribe = store.subscribe(() => {
      const { error, data, phase } = store.getSnapshot()
      // While another attempt is made the last value stays.
      next(phase === 'closed' ? error : null, data)
    })
    store.start()
    return () => {
      unsubscribe()
      store.stop()
    }
  }
}
