import type { AnySubscription, SubscriptionOptions } from '../api/store/binding-options.ts'
import { subscriptionStore } from '../api/store/binding-stores.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import type { SchemaOption } from '../api/decode/standard-schema.ts'
import type { ReducerOptions } from '../api/store/store-options.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent } from '../api/decode/typing.ts'
import { useKept } from './use-kept.ts'
import { useLatest } from './use-latest.ts'
import { useStore, type StoreView } from './use-store.ts'

type Url = string | URL | null | undefined | false

/**
 * Subscribes while the component is mounted; with `null`, `undefined`, `false` or an empty string as URL it waits. A new
 * URL or `shareKey` is a new subscription; other options take effect without one. An Activity that hides the component
 * closes it; when it is shown again, it goes on from the last event ID, unless it was stopped.
 *
 * @example
 * const { data, phase } = useEventSource('/prices', { schema: Price, onEvent: ({ data }) => play(data.cents) })
 */
export function useEventSource<
  Data,
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  url: Url,
  options: SubscriptionOptions<P, Parsed, S, O, I> & ReducerOptions<TypedEvent<P, Parsed, S, O, I>, Data>,
): StoreView<TypedEvent<P, Parsed, S, O, I>, Data, void>
export function useEventSource<
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  url: Url,
  options?: SubscriptionOptions<P, Parsed, S, O, I>,
): StoreView<TypedEvent<P, Parsed, S, O, I>, TypedEvent<P, Parsed, S, O, I>['data'] | undefined, void>
export function useEventSource(
  url: Url,
  options: AnySubscription = {},
): StoreView<StreamEvent<unknown>, unknown, void> {
  const latest = useLatest(options)
  const href = String(url || '')
  const { shareKey } = options
  const store = useKept(() => made(href, options, latest), href, shareKey)
  const onEvent = useKept(() => (event: StreamEvent<unknown>) => latest().onEvent?.(event))
  return useStore(store, onEvent)
}

/** A store that is made in a render: until that is committed, `latest` are the options of the URL before. */
function made(
  href: string,
  options: AnySubscription,
  latest: () => AnySubscription,
): ReturnType<typeof subscriptionStore> {
  let now = () => options
  const store = subscriptionStore(href, options, () => now())
  now = latest
  return store
}
