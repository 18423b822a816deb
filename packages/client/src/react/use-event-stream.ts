import type { AnswerOptions, AnyAnswer } from '../api/store/binding-options.ts'
import { answerStore } from '../api/store/binding-stores.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import type { SchemaOption } from '../api/decode/standard-schema.ts'
import type { ReducerOptions } from '../api/store/store-options.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent } from '../api/decode/typing.ts'
import { useKept } from './use-kept.ts'
import { useLatest } from './use-latest.ts'
import { useStore, type StoreView } from './use-store.ts'

/**
 * Asks for an answer when `start` is called, and shows it as it comes. Unmounting ends it, and so does an Activity that
 * hides the component. An effect may start: where React calls it again for a component that stays, under StrictMode or
 * when code is edited, nothing is sent again.
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
): StoreView<TypedEvent<P, Parsed, S, O, I>, Data, Variables>
export function useEventStream<
  Variables = void,
  P extends Protocol | NotGiven = NotGiven,
  Parsed = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  options: AnswerOptions<Variables, P, Parsed, S, O, I>,
): StoreView<TypedEvent<P, Parsed, S, O, I>, TypedEvent<P, Parsed, S, O, I>['data'] | undefined, Variables>
export function useEventStream<Variables>(
  options: AnyAnswer<Variables>,
): StoreView<StreamEvent<unknown>, unknown, Variables> {
  const latest = useLatest(options)
  const store = useKept(() => answerStore(options, latest))
  return useStore(store)
}
