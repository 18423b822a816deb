/**
 * What an app may export without a type of its own beside it: TypeScript writes the inferred type into the app's
 * declarations, and has to find a name for each part of it among what the packages export (else TS2742, TS2883, TS4023).
 */
import {
  collect,
  createEventStore,
  EventSource,
  fetchEventStream,
  tee,
  textOf,
  toReadableStream,
  type ConnectionOptions,
  type Cursor,
  type EventStream,
  type EventStreamError,
  type Observation,
  type Protocol,
  type ResumeContext,
  type RetryOptions,
  type SchemaOption,
  type NotGiven,
  type StandardSchema,
  type StreamOptions,
  type TypedEvent,
  type TypedOptions,
  type UsageOf,
} from '@millrace/client'
import { chatTransport, streamFn, swrSubscription } from '@millrace/client/adapters'
import {
  anthropicMessages,
  openaiChat,
  openaiResponses,
  type AnthropicEvent,
  type ResponseEvent,
} from '@millrace/client/protocols'

export const Source = EventSource
export const source = new EventSource('/prices')
export const ticks = new EventSource<{ tick: `${number}` }>('/ticks')
export const given = EventSource.fromReadableStream

export const chat = () => fetchEventStream('/chat', { protocol: openaiChat, json: {} })
export const message = () => fetchEventStream('/messages', { protocol: anthropicMessages, json: {} })
export const response = () => fetchEventStream('/responses', { protocol: openaiResponses, json: {} })
export const numbers = () => fetchEventStream('/numbers', { parse: Number })
declare const price: StandardSchema<unknown, { cents: number }>
export const prices = () =>
  fetchEventStream('/prices', { schema: { price }, others: 'pass', onInvalid: 'pass' })

export const outcomeOf = (stream: EventStream) => stream.outcome
export const store = createEventStore(chat)
export const statusOf = () => store.getSnapshot()
export const branches = () => tee(chat(), 2)
export const readable = () => toReadableStream(prices())
export const answer = () => collect(message())
export const texts = () => textOf(response())
export const deltaOf = (event: Extract<AnthropicEvent, { type: 'message_delta' }>) => event.data
export const textOfDelta = (event: Extract<ResponseEvent, { type: 'response.output_text.delta' }>) =>
  event.data

export const transport = { ...chatTransport() }
export const query = streamFn('/prices')
export const subscribe = swrSubscription({ initial: 0, reduce: (count) => count + 1 })

export const timeoutOf = (error: EventStreamError) => error.timeout
export const limitOf = (error: EventStreamError) => error.limit
export const reasonOf = (error: EventStreamError) => error.reason
export const eventOf = (error: EventStreamError) => error.event
export const issuesOf = (error: EventStreamError) => error.issues
export const observed = (observation: Observation) => observation
export const markOf = (cursor: Cursor) => cursor.mark
export const requestOf = (context: ResumeContext) => context.request
export const whenOf = (retry: RetryOptions) => retry.when
export const acceptOf = (options: StreamOptions) => options.accept
export const keepsAliveOf = (protocol: Protocol) => protocol.keepsAlive?.bind(protocol)
export const fetchOf = (options: ConnectionOptions) => options.fetch
export const runtimeOf = (options: ConnectionOptions) => options.runtime

/** An option that is undefined counts as not given, also to an app with `exactOptionalPropertyTypes`. */
export const optional = (ms: number | undefined, text: string | undefined, signal: AbortSignal | undefined) =>
  fetchEventStream('/prices', {
    signal,
    method: text,
    lastEventId: text,
    until: text,
    parse: undefined,
    retry: { maxAttempts: ms },
    timeouts: { idle: ms },
    limits: { event: ms },
  })
export const optionalSource = (headers: Record<string, string> | undefined) =>
  new EventSource('/prices', { headers, withCredentials: undefined, corsProbe: undefined })
export const optionalStore = (history: number | undefined) => createEventStore(chat, { history })

/** A function of an app's own around ours, as typed as ours. */
export function authorized<
  P extends Protocol | NotGiven = NotGiven,
  Data = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
>(
  url: string,
  options: TypedOptions<P, Data, S, 'skip', 'throw'>,
): EventStream<TypedEvent<P, Data, S, 'skip', 'throw'>, UsageOf<P>> {
  return fetchEventStream(url, { ...options, headers: { authorization: 'Bearer …' } })
}
export const authorizedChat = () => authorized('/chat', { protocol: openaiChat })
