import { onScopeDispose } from 'vue'
import type { AnswerOptions, AnyAnswer } from '../api/store/binding-options.ts'
import { answerStore } from '../api/store/binding-stores.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import type { SchemaOption } from '../api/decode/standard-schema.ts'
import type { ReducerOptions } from '../api/store/store-options.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent } from '../api/decode/typing.ts'
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
export function useEventStream<
  Variables = void,
  Data = unknown,
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  options: AnswerOptions<Variables, P, Parsed, S, O, I> &
    ReducerOptions<TypedEvent<P, Parsed, S, O, I>, Data>,
): StoreRefs<TypedEvent<P, Parsed, S, O, I>, Data, Variables>
export function useEventStream<
  Variables = void,
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  options: AnswerOptions<Variables, P, Parsed, S, O, I>,
): StoreRefs<TypedEvent<P, Parsed, S, O, I>, TypedEvent<P, Parsed, S, O, I>['data'] | undefined, Variables>
export function useEventStream<Variables>(
  options: AnyAnswer<Variables>,
): StoreRefs<StreamEvent<unknown>, unknown, Variables> {
  const store = answerStore(options, () => options)
  // Now, not when the component is mounted: its setup may start it, and it may never be mounted.
  onScopeDispose(store.hold(), true)
  return useStore(() => store)
}
