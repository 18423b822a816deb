import type { Failure } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import { invalid } from '../errors/invalid.ts'
import { isGiven } from '../is-given.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import type { InvalidEvent, OtherEvent, StreamEvent } from './stream-event.ts'
import type { UntilPredicate } from './until.ts'
import { whenDone, type Awaitable } from './awaitable.ts'
import { refusal, serverError } from './decode-failure.ts'
import { isSchema, type SchemaOption, type StandardSchema, type ValidationIssue } from './standard-schema.ts'
import type { AnyOptions } from './typing.ts'

/** What became of a raw event. A failure ends the stream. */
export type Decoded<Event> = Failure | Taken<Event>

interface Taken<Event> {
  /** What is handed over, or null. */
  readonly event: Event | null
  /** True when a predicate says that the answer is complete with this event. */
  readonly ends: boolean
  /** Why it is not handed over; null if it is, or if nobody wants it. */
  readonly failure: Failure | null
}

/** `seen`: how many events were handed over before. It throws what a function of the app throws. */
export type Decode<Event> = (raw: RawEvent, seen: number, reader: Asking) => Awaitable<Decoded<Event>>

/** The reader that wants the event, as far as decoding it asks for more than the event. */
export interface Asking {
  /** The reply has brought nothing new yet: an error counts as a status. */
  readonly first: boolean
  readonly session: {
    /** Takes secrets out of a failure. */
    readonly driver: { clean(failure: Failure): Failure }
  }
}

/** An event after `parse`, before any schema. */
type Parsed = StreamEvent<unknown>
export type Handed = Parsed | OtherEvent | InvalidEvent

/** Raw event → parse → error of the server? → schema → the end? It is synchronous if every part is. */
export function decodeBy(options: AnyOptions, predicate?: UntilPredicate<Handed>): Decode<Handed> {
  const { protocol, schema, until, others, onInvalid, json: request } = options
  const parse = options.parse ?? protocol?.parse ?? ((protocol ?? schema) ? parseJson : asItIs)
  const errorOf = options.errorOf ?? protocol?.errorOf?.bind(protocol)
  const schemaOf = schemaLookup(schema)

  return (raw, seen, reader) => {
    const { type: name, data: text, lastEventId } = raw
    const own = schemaOf(name)
    let parsed: Parsed = { type: name, data: text, raw: text, lastEventId }

    const judge = (data: unknown): Awaitable<Decoded<Handed>> => {
      parsed = { ...parsed, data }
      const error = errorOf?.(parsed)
      if (error) return serverError(error, text, reader.first)
      if (own === 'unlisted') return other()
      if (own === undefined) return hand(parsed)
      const misfit = (cause: unknown, issues?: readonly ValidationIssue[]) =>
        refuse(refusal('schema', parsed, 'does not fit its schema', cause, issues))
      return whenDone(
        () => own['~standard'].validate(data),
        (result) =>
          result.issues ? misfit(undefined, result.issues) : hand({ ...parsed, data: result.value }),
        misfit,
      )
    }
    const other = () => hand(others === 'pass' ? { ...parsed, type: 'other', name, data: text } : null)

    const refuse = (failure: Failure): Decoded<Handed> => {
      if (onInvalid === 'skip') return hand(null, failure)
      if (onInvalid !== 'pass') return failure
      return hand({
        ...parsed,
        type: 'invalid',
        name,
        error: new EventStreamError(reader.session.driver.clean(failure)),
      })
    }
    /** `event`: what is handed over, or null. */
    const hand = (event: Handed | null, failure: Failure | null = null): Decoded<Handed> => {
      // A protocol's predicate looks at the parsed event, the app's own at the one that is handed over.
      const told = until === undefined ? parsed : event
      // A promise, which only an app without types can return, is not true: a cut answer would be called complete.
      const ends = told !== null && predicate?.(told, { request, seen }) === true
      return { event, ends, failure }
    }
    if (protocol?.keepsAlive?.(raw)) return { event: null, ends: false, failure: null }
    return whenDone(
      () => parse(text),
      judge,
      // An event of an unlisted name need not be parsable.
      (cause) =>
        own === 'unlisted' ? other() : refuse(refusal('parse', parsed, 'could not be parsed', cause)),
    )
  }
}

function asItIs(data: string): string {
  return data
}

/** Events without data are signals: there is nothing to parse. */
function parseJson(data: string): unknown {
  return data === '' ? undefined : JSON.parse(data)
}

function schemaLookup(
  schema: SchemaOption | undefined,
): (name: string) => StandardSchema | 'unlisted' | undefined {
  if (!isGiven(schema) || isSchema(schema)) return () => schema
  // A Map, since the server chooses the names: `constructor` is no schema.
  const schemas = new Map(Object.entries(schema))
  if (schemas.size === 0 || ![...schemas.values()].every(isSchema)) {
    throw invalid('`schema` must be a Standard Schema, or one for each event name')
  }
  return (name) => schemas.get(name) ?? 'unlisted'
}
