import { toValue, type MaybeRefOrGetter } from 'vue'
import type { AnySubscription, SubscriptionOptions } from '../api/store/binding-options.ts'
import { subscriptionStore } from '../api/store/binding-stores.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import type { SchemaOption } from '../api/decode/standard-schema.ts'
import type { ReducerOptions } from '../api/store/store-options.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent } from '../api/decode/typing.ts'
import { useStore, type StoreRefs } from './use-store.ts'
import { vueUseEventSource } from './vueuse-event-source.ts'
import type { Unchecked, VueUseEventSource, VueUseEventSourceOptions } from './vueuse-options.ts'

type Url = MaybeRefOrGetter<string | URL | null | undefined | false>

/**
 * Subscribes until the scope ends; with `null`, `undefined`, `false` or an empty string as URL it waits. With names of
 * events as the second argument it is VueUse's composable, with its options and refs; `[]` means events without a name.
 *
 * @example
 * const { data, phase } = useEventSource(() => `/rooms/${room.value}`, { history: 50 })
 * const { data, status } = useEventSource('/feed', ['price'], { autoReconnect: true })
 */
export function useEventSource<Events extends string[], Data = Unchecked>(
  url: MaybeRefOrGetter<string | URL | undefined>,
  events: Events,
  options?: VueUseEventSourceOptions<Data>,
): VueUseEventSource<Events, Data>
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
): StoreRefs<TypedEvent<P, Parsed, S, O, I>, Data, void>
export function useEventSource<
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  url: Url,
  options?: SubscriptionOptions<P, Parsed, S, O, I>,
): StoreRefs<TypedEvent<P, Parsed, S, O, I>, TypedEvent<P, Parsed, S, O, I>['data'] | undefined, void>
export function useEventSource(
  url: Url,
  second: readonly string[] | AnySubscription = {},
  third: VueUseEventSourceOptions<unknown> = {},
): VueUseEventSource<readonly string[], unknown> | StoreRefs<StreamEvent<unknown>, unknown, void> {
  // A string, so that another URL object of the same URL opens nothing.
  const href = () => String(toValue(url) || '')
  if (isNames(second)) return vueUseEventSource(href, second, third)
  let kept: string
  let store: ReturnType<typeof subscriptionStore>
  // Not computed: making a store reads every option, and a reactive one that changes would make another store.
  const held = () => {
    const now = href()
    const key = second.shareKey + ' ' + now
    if (key !== kept) {
      kept = key
      store = subscriptionStore(now, second, () => second)
    }
    return store
  }
  return useStore(held, (event) => second.onEvent?.(event))
}

const isNames: (second: readonly string[] | object) => second is readonly string[] = Array.isArray
