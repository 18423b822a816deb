'use client'
import { useCallback, useEffect, useMemo } from 'react'
import type { AnswerOptions } from '../api/binding-options.ts'
import { answerStore } from '../api/binding-stores.ts'
import type { ReducerOptions } from '../api/store-options.ts'
import type { StreamEvent } from '../api/stream-event.ts'
import { useLatest } from './use-latest.ts'
import { useStore, type StoreView } from './use-store.ts'

/**
 * Asks for an answer when `start` is called, and shows it as it comes. Unmounting ends it.
 *
 * @example
 * const { data, phase, start, stop } = useEventStream({
 *   request: (prompt: string) => ({ url: '/chat', json: { prompt }, until: '[DONE]' }),
 *   initial: '',
 *   reduce: (text, event) => text + event.data,
 * })
 */
export function useEventStream<Variables, Data>(
  options: AnswerOptions<Variables> & ReducerOptions<StreamEvent, Data>,
): StoreView<StreamEvent, Data, Variables>
export function useEventStream<Variables>(
  options: AnswerOptions<Variables>,
): StoreView<StreamEvent, string | undefined, Variables>
export function useEventStream<Variables, Data>(
  options: AnswerOptions<Variables> | (AnswerOptions<Variables> & ReducerOptions<StreamEvent, Data>),
): StoreView<StreamEvent, Data | string | undefined, Variables> {
  const latest = useLatest(options)
  const store = useMemo(() => answerStore<Variables, Data>(options, latest), [latest])
  useEffect(() => store.stop, [store])
  return useStore(
    store,
    useCallback((event: StreamEvent) => latest().onEvent?.(event), [latest]),
  )
}
