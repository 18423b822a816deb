import type { AnswerOptions, SubscriptionOptions } from './binding-options.ts'
import { createEventStore, type EventStore } from './event-store.ts'
import { fetchEventStream } from './fetch-event-stream.ts'
import { offStore, ownStore, sharedStore, type HeldStore } from './held-store.ts'
import { liveOptions, liveReducer } from './live-options.ts'
import type { ReducerOptions, StoreOptions } from './store-options.ts'
import type { StoreSource } from './store-source.ts'
import type { StreamEvent } from './stream-event.ts'

type Reducing<Options, Data> = Options | (Options & ReducerOptions<StreamEvent, Data>)

/**
 * The store of a subscription; without a URL, one that never starts. It stands on `fetchEventStream`, not on the EventSource class: a GET subscribes and
 * reconnects all the same, the events of one read come together, and they are typed.
 */
export function subscriptionStore<Data>(
  url: string | null,
  first: Reducing<SubscriptionOptions, Data>,
  latest: () => Reducing<SubscriptionOptions, Data>,
): HeldStore<StreamEvent, Data | string | undefined> {
  const { shareKey } = first
  const store = storeOf<Data, void>(
    (_, link) => fetchEventStream(url ?? '', liveOptions(latest, link)),
    first,
    latest,
    'continue',
  )
  if (url === null) return offStore(store)
  return shareKey === undefined ? ownStore(store) : sharedStore(`${shareKey} ${url}`, store)
}

/** The store of an answer: each start begins anew. `first` says what stays for the life of the store. */
export function answerStore<Variables, Data>(
  first: Reducing<AnswerOptions<Variables>, Data>,
  latest: () => Reducing<AnswerOptions<Variables>, Data>,
): EventStore<StreamEvent, Data | string | undefined, Variables> {
  return storeOf(
    (variables: Variables, link) => {
      const { url, ...request } = latest().request(variables)
      return fetchEventStream(
        url,
        liveOptions(() => ({ ...latest(), ...request }), link),
      )
    },
    first,
    latest,
    'fresh',
  )
}

function storeOf<Data, Variables>(
  source: StoreSource<StreamEvent, Variables>,
  first: Reducing<StoreOptions, Data>,
  latest: () => Reducing<StoreOptions, Data>,
  restart: 'fresh' | 'continue',
): EventStore<StreamEvent, Data | string | undefined, Variables> {
  const options = { ...first, restart }
  const reducer = liveReducer<StreamEvent, Data>(first, latest)
  return reducer === null
    ? createEventStore(source, options)
    : createEventStore(source, { ...options, ...reducer })
}
