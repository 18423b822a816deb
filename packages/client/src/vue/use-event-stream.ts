import type { AnswerOptions } from '../api/binding-options.ts'
import { answerStore } from '../api/binding-stores.ts'
import type { ReducerOptions } from '../api/store-options.ts'
import type { StreamEvent } from '../api/stream-event.ts'
import { useStore, type StoreRefs } from './use-store.ts'

/**
 * Asks for an answer when `start` is called, and shows it as it comes. The end of the scope ends it.
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
): StoreRefs<StreamEvent, Data, Variables>
export function useEventStream<Variables>(
  options: AnswerOptions<Variables>,
): StoreRefs<StreamEvent, string | undefined, Variables>
export function useEventStream<Variables, Data>(
  options: AnswerOptions<Variables> | (AnswerOptions<Variables> & ReducerOptions<StreamEvent, Data>),
): StoreRefs<StreamEvent, Data | string | undefined, Variables> {
  const store = answerStore<Variables, Data>(options, () => options)
  const held = { ...store, hold: () => store.stop }
  return useStore(
    () => held,
    (event) => options.onEvent?.(event),
  )
}
