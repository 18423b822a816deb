import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { SubscriptionOptions } from '../api/binding-options.ts'
import { subscriptionStore } from '../api/binding-stores.ts'
import type { ReducerOptions } from '../api/store-options.ts'
import type { StreamEvent } from '../api/stream-event.ts'
import { useStore, type StoreRefs } from './use-store.ts'
import { vueUseEventSource } from './vueuse-event-source.ts'
import type { Unchecked, VueUseEventSource, VueUseEventSourceOptions } from './vueuse-options.ts'

type Url = MaybeRefOrGetter<string | URL | null | undefined>

/**
 * Subscribes until the scope ends. `null` or `undefined` as URL: not now. With names of events as the second argument
 * it is VueUse's composable: its options, its refs.
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
export function useEventSource<Data>(
  url: Url,
  options: SubscriptionOptions & ReducerOptions<StreamEvent, Data>,
): StoreRefs<StreamEvent, Data, void>
export function useEventSource(
  url: Url,
  options?: SubscriptionOptions,
): StoreRefs<StreamEvent, string | undefined, void>
export function useEventSource<Data>(
  url: Url,
  second:
    | readonly string[]
    | SubscriptionOptions
    | (SubscriptionOptions & ReducerOptions<StreamEvent, Data>) = {},
  third: VueUseEventSourceOptions<Data> = {},
): VueUseEventSource<readonly string[], Data> | StoreRefs<StreamEvent, Data | string | undefined, void> {
  return isNames(second)
    ? vueUseEventSource(() => toValue(url) ?? undefined, second, third)
    : subscription(url, second)
}

function subscription<Data>(
  url: Url,
  options: SubscriptionOptions | (SubscriptionOptions & ReducerOptions<StreamEvent, Data>),
): StoreRefs<StreamEvent, Data | string | undefined, void> {
  const href = computed(() => toValue(url)?.toString() ?? null)
  const store = computed(() => subscriptionStore<Data>(href.value, options, () => options))
  return useStore(
    () => store.value,
    (event) => options.onEvent?.(event),
  )
}

function isNames(second: readonly string[] | object): second is readonly string[] {
  return Array.isArray(second)
}
