import type { EventOfProtocol, Protocol, UsageOfProtocol } from './protocol.ts'
import type { OutputOf, SchemaOption, StandardSchema } from './standard-schema.ts'
import type { InvalidEvent, OtherEvent, StreamEvent } from './stream-event.ts'
import type { Awaitable } from './awaitable.ts'
import type { StreamOptions } from '../options.ts'

/** The type of an option that was not given: `undefined` and `unknown` could be given. */
export interface NotGiven {
  readonly '~not-given': true
}

type IsGiven<T> = 0 extends 1 & T ? true : [T] extends [NotGiven] ? false : true

/** What becomes of an event of a name that no schema is for: left out, or handed over as an `OtherEvent`. */
export type Others = 'skip' | 'pass'
/** What becomes of an event that `parse` or `schema` refuses: an error, left out, or handed over as an `InvalidEvent`. */
export type OnInvalid = 'throw' | 'skip' | 'pass'

/** The options of a stream of typed events: each type parameter is found from the option of its name. */
export interface TypedOptions<
  P extends Protocol | NotGiven,
  Data,
  S extends SchemaOption | NotGiven,
  O extends Others,
  I extends OnInvalid,
> extends StreamOptions<TypedEvent<P, Data, S, O, I>, ParsedEvent<P, Data, S>> {
  /**
   * What the service speaks: a preset, or an object of such parts, in place or declared as a `Protocol<Event>`. Options
   * of the same names win over its parts.
   */
  // `Protocol` gives the parameters of functions that are written in place their types.
  readonly protocol?: P | Protocol | undefined
  /** Makes an event's data from its text. Default JSON when a protocol or schema is given, else the text as it is. */
  readonly parse?: ((data: string) => Awaitable<Data>) | undefined
  /** A Standard Schema (zod, valibot, arktype …) for the data of all events, or one for each event name. */
  readonly schema?: S | undefined
  /** With a schema for each name: what becomes of events of other names. Default `skip`; the outcome counts them. */
  readonly others?: O | undefined
  /** What becomes of an event that `parse` or `schema` refuses. Default `throw`. */
  readonly onInvalid?: I | undefined
}

/** Such options, whatever their types. */
export type AnyOptions = TypedOptions<Protocol, unknown, SchemaOption, Others, OnInvalid>

/** The event after `parse`, which `errorOf` sees. */
export type ParsedEvent<P, Data, S> =
  IsGiven<Data> extends true
    ? StreamEvent<Data>
    : IsGiven<P> extends true
      ? StreamEvent<unknown>
      : IsGiven<S> extends true
        ? StreamEvent<unknown>
        : StreamEvent

/**
 * The events that a stream with these options hands over. They are inferred once more on purpose: editors then show the
 * union of events, not the name of this type with all its arguments.
 */
export type TypedEvent<P, Data, S, O, I> = [
  | ValidEvent<P, Data, S>
  | (O extends 'pass' ? OtherEvent : never)
  | (I extends 'pass' ? InvalidEvent : never),
] extends [infer Event extends StreamEvent<unknown>]
  ? Event
  : never

type ValidEvent<P, Data, S> =
  IsGiven<S> extends true
    ? SchemaEvent<S>
    : IsGiven<Data> extends true
      ? StreamEvent<Data>
      : IsGiven<P> extends true
        ? EventOfProtocol<P>
        : StreamEvent

type SchemaEvent<S> = S extends StandardSchema
  ? StreamEvent<OutputOf<S>>
  : { [Name in keyof S & string]: StreamEvent<OutputOf<S[Name]>, Name> }[keyof S & string]

/** The type of the figures on token usage, by the option `protocol`. */
export type UsageOf<P> = IsGiven<P> extends true ? UsageOfProtocol<P> : unknown
