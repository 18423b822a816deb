import type { StreamOptions } from '../options.ts'
import type { Protocol } from '../decode/protocol.ts'
import type { SchemaOption } from '../decode/standard-schema.ts'
import type { AnyReducer, StoreOptions } from './store-options.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { NotGiven, OnInvalid, Others, TypedEvent, TypedOptions } from '../decode/typing.ts'

/** What a component may set beside the stream's own options. */
interface BindingOptions<Event> extends Omit<StoreOptions, 'restart'> {
  /** Called for every event, in order. */
  readonly onEvent?: ((event: Event) => void) | undefined
  /** Not taken: the life of the component ends the stream. */
  readonly signal?: never
}

/** Options of a subscription: the type of its events is found from `protocol`, `parse` or `schema`. */
export interface SubscriptionOptions<
  P extends Protocol | NotGiven = NotGiven,
  Data = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>
  extends Omit<TypedOptions<P, Data, S, O, I>, 'signal'>, BindingOptions<TypedEvent<P, Data, S, O, I>> {
  /**
   * Components that give the same key and URL share one connection and one state. The first one's options count, also
   * once it is gone: let `headers` be a function that looks a token up.
   */
  readonly shareKey?: string | undefined
}

/** The request for one `start`. */
export interface AnswerRequest extends Omit<StreamOptions<StreamEvent<unknown>>, 'signal'> {
  readonly url: string | URL
}

/** Options of an answer: the type of its events is found from `protocol`, `parse` or `schema`. */
export interface AnswerOptions<
  Variables = void,
  P extends Protocol | NotGiven = NotGiven,
  Data = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>
  extends Omit<TypedOptions<P, Data, S, O, I>, 'signal'>, BindingOptions<TypedEvent<P, Data, S, O, I>> {
  /** Makes the request for one `start` from what `start` was given. Its options win over those beside it. */
  readonly request: (variables: Variables) => AnswerRequest
}

/** Options of a subscription, whatever their types. */
export type AnySubscription = SubscriptionOptions<Protocol, unknown, SchemaOption, Others, OnInvalid> &
  AnyReducer
export type AnyAnswer<Variables> = AnswerOptions<
  Variables,
  Protocol,
  unknown,
  SchemaOption,
  Others,
  OnInvalid
> &
  AnyReducer
