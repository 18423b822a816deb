import type { AnswerRequest, AnyAnswer, AnySubscription } from './binding-options.ts'
import { createEventStore, type EventStore } from './event-store.ts'
import { fetchEventStream } from '../stream/fetch-event-stream.ts'
import { sharedStore, type HeldStore } from './held-store.ts'
import { threw } from '../invalid.ts'
import { liveOptions } from './live-options.ts'
import type { AnyReducer, StoreOptions } from './store-options.ts'
import type { StoreSource } from './store-source.ts'
import type { StreamEvent } from '../stream/stream-event.ts'

/** Any event: what bindings say of types, they say in their signatures. */
type AnyEvent = StreamEvent<unknown>

/**
 * The store of a subscription; without a URL, one that never starts. It stands on `fetchEventStream`, not on the
 * EventSource class: a GET subscribes and reconnects all the same, the events of one read come together, and they
 * are typed. `first` says what stays for the life of the store.
 */
export function subscriptionStore(
  url: string | undefined,
  first: AnySubscription,
  latest: () => AnySubscription,
): HeldStore<AnyEvent, unknown> {
  const { shareKey } = first
  const source: StoreSource<AnyEvent, void> = (_, link) =>
    fetchEventStream(url ?? '', liveOptions(latest, link, true))
  const store = storeOf(source, first, latest, 'continue')
  const key = shareKey === undefined ? store : `${shareKey} ${url}`
  return sharedStore(url === undefined ? undefined : key, store)
}

/**
 * The store of an answer: each start begins anew, and letting go ends it. What is started while nobody holds it waits
 * until somebody does: a layout effect of React's runs before, and under StrictMode twice, with time enough in between
 * for a request to be sent.
 */
export function answerStore<Variables>(
  first: AnyAnswer<Variables>,
  latest: () => AnyAnswer<Variables>,
): HeldStore<AnyEvent, unknown, Variables> {
  let gone = false
  let held = false
  /** What was started while it was not. */
  let begin = () => {}
  const source: StoreSource<AnyEvent, Variables> = (variables, link) => {
    const { url, ...request } = requestOf(latest(), variables)
    return fetchEventStream(
      url,
      liveOptions(() => ({ ...latest(), ...request }), link),
    )
  }
  const store = storeOf(source, first, latest, 'fresh')
  // From the beginning: what is started before the component is mounted may bring events before it is.
  store.onEvent((event) => gone || latest().onEvent?.(event))
  const forgetting = (then: () => void) => () => {
    begin = () => {}
    then()
  }
  const holdable: typeof store = {
    ...store,
    start: (variables) => {
      if (held) store.start(variables)
      else begin = () => store.start(variables)
    },
    stop: forgetting(store.stop),
    reset: forgetting(store.reset),
  }
  return {
    current: () => holdable,
    hold: () => {
      gone = false
      held = true
      // At once, and only once.
      forgetting(begin)()
      return () => {
        gone = true
        // Later: under StrictMode a component goes only to come back, and may have started for good.
        queueMicrotask(() => {
          if (!gone) return
          held = false
          store.stop()
        })
      }
    },
  }
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
