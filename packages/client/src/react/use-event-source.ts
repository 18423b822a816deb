'use client'
import { useCallback, useEffect, useMemo } from 'react'
import type { SubscriptionOptions } from '../api/binding-options.ts'
import { subscriptionStore } from '../api/binding-stores.ts'
import type { ReducerOptions } from '../api/store-options.ts'
import type { StreamEvent } from '../api/stream-event.ts'
import { useLatest } from './use-latest.ts'
import { useStore, type StoreView } from './use-store.ts'

/**
 * Subscribes while the component is mounted. `null` as URL: not now. A new URL or `shareKey` is a new subscription;
 * other options take effect without one.
 *
 * @example
 * const { data, phase } = useEventSource('/prices', { onEvent: ({ type }) => console.log(type) })
 */
export function useEventSource<Data>(
  url: string | URL | null,
  options: SubscriptionOptions & ReducerOptions<StreamEvent, Data>,
): StoreView<StreamEvent, Data, void>
export function useEventSource(
  url: string | URL | null,
  options?: SubscriptionOptions,
): StoreView<StreamEvent, string | undefined, void>
export function useEventSource<Data>(
  url: string | URL | null,
  options: SubscriptionOptions | (SubscriptionOptions & ReducerOptions<StreamEvent, Data>) = {},
): StoreView<StreamEvent, Data | string | undefined, void> {
  const latest = useLatest(options)
  const href = url === null ? null : String(url)
  const { shareKey } = options
  const store = useMemo(() => subscriptionStore<Data>(href, options, latest), [href, shareKey, latest])
  // Before the store is subscribed to: a shared one is the one that is held.
  useEffect(() => store.hold(), [store])
  return useStore(
    store,
    useCallback((event: StreamEvent) => latest().onEvent?.(event), [latest]),
  )
}
