import { fetchEventStream } from '../api/stream/fetch-event-stream.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import type { SchemaOption } from '../api/decode/standard-schema.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent, TypedOptions } from '../api/decode/typing.ts'

/**
 * A `streamFn` for TanStack Query's `streamedQuery`. It reads the query's signal, so the connection closes when the
 * last observer goes. What an event is follows from the options alone (`NoInfer`): inferred from the call around it as well,
 * it was unknown to a `reducer` beside it.
 *
 * @example
 * const queryFn = streamedQuery({ streamFn: streamFn('/chat', { json: { prompt }, until: '[DONE]' }) })
 * useQuery({ queryKey: ['answer', prompt], queryFn })
 */
export function streamFn<
  P extends Protocol | NotGiven = NotGiven,
  Data = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  url: string | URL,
  options?: TypedOptions<P, Data, S, O, I>,
): NoInfer<(context: { readonly signal: AbortSignal }) => AsyncIterable<TypedEvent<P, Data, S, O, I>>> {
  return ({ signal }) => fetchEventStream(url, { ...options, signal })
}
