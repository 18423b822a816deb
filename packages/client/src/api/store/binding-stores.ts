import type { AnswerRequest, AnyAnswer, AnySubscription } from './binding-options.ts'
import { createEventStore, type EventStore } from './event-store.ts'
import { fetchEventStream } from '../stream/fetch-event-stream.ts'
import { sharedStore, type HeldStore } from './held-store.ts'
import { threw } from '../errors/invalid.ts'
import { liveOptions } from './live-options.ts'
import { ownStore } from './own-store.ts'
import type { AnyReducer, StoreOptions } from './store-options.ts'
import type { StoreSource } from './store-source.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** Any event: the types that users see are in the signatures of the bindings. */
type AnyEvent = StreamEvent<unknown>

/**
 * The store of a subscription; with an empty URL, one that never starts. It stands on `fetchEventStream`, not on the
 * EventSource class: a GET subscribes and reconnects all the same, the events of one read come together, and they
 * are typed. `first`: the options that stay for the life of the store.
 */
export function subscriptionStore(
  url: string,
  first: AnySubscription,
  latest: () => AnySubscription,
): HeldStore<AnyEvent, unknown> {
  const { shareKey } = first
  const source: StoreSource<AnyEvent, void> = (_, link) =>
    fetchEventStream(url, liveOptions(latest, link, true))
  const store = storeOf(source, first, latest, 'continue')
  // A store that is not to be shared is its own key.
  const key = shareKey === undefined ? store : shareKey + ' ' + url
  return sharedStore(url && key, store)
}

/** The store of an answer: each start begins anew, and letting go ends it. */
export function answerStore<Variables>(
  first: AnyAnswer<Variables>,
  latest: () => AnyAnswer<Variables>,
): HeldStore<AnyEvent, unknown, Variables> {
  const source: StoreSource<AnyEvent, Variables> = (variables, link) => {
    const { url, ...request } = requestOf(latest(), variables)
    return fetchEventStream(
      url,
      liveOptions(() => ({ ...latest(), ...request }), link),
    )
  }
  return ownStore(storeOf(source, first, latest, 'fresh'), (event) => latest().onEvent?.(event))
}

function requestOf<Variables>({ request }: AnyAnswer<Variables>, variables: Variables): AnswerRequest {
  try {
    return request(variables)
  } catch (cause) {
    throw threw('request', cause)
  }
}

function storeOf<Variables>(
  source: StoreSource<AnyEvent, Variables>,
  first: StoreOptions & AnyReducer,
  latest: () => AnyReducer,
  restart: 'fresh' | 'continue',
): EventStore<AnyEvent, unknown, Variables> {
  const { reduce } = first
  return createEventStore(source, {
    ...first,
    restart,
    get initial() {
      return latest().initial
    },
    ...(reduce && { reduce: (data, event) => (latest().reduce ?? reduce)(data, event) }),
  })
}
