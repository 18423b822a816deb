import type { Failure } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import { refusedByParse, refusedBySchema, serverError, thrownBy } from './decode-failure.ts'
import { EventStreamError } from '../event-stream-error.ts'
import { after, tried, type Awaitable } from './awaitable.ts'
import type { ServerErrorFacts } from '../options.ts'
import type { StandardSchema } from './standard-schema.ts'
import type { InvalidEvent, OtherEvent, StreamEvent } from '../stream/stream-event.ts'

/** What became of a raw event. `ends`: a predicate says that the answer is complete with it. */
export type Decoded<Event> =
  | { readonly type: 'event'; readonly event: Event; readonly ends: boolean }
  | { readonly type: 'skipped'; readonly ends: boolean; readonly failure: Failure | null }
  | { readonly type: 'failed'; readonly failure: Failure }

/** `seen`: how many events were handed over before. */
export type Decode<Event> = (raw: RawEvent, seen: number) => Awaitable<Decoded<Event>>

/** An event after `parse`, before any schema. */
type Parsed = StreamEvent<unknown>
type Handed = Parsed | OtherEvent | InvalidEvent

/** The parts that decoding is made of, each resolved from options and protocol. */
export interface DecodeParts {
  readonly keepsAlive: ((raw: RawEvent) => boolean) | null
  readonly parse: ((data: string) => unknown) | null
  readonly errorOf: ((event: Parsed) => ServerErrorFacts | null) | null
  /** `unlisted`: there are schemas, but none for this name. */
  readonly schemaOf: (name: string) => StandardSchema | 'unlisted' | null
  readonly others: 'skip' | 'pass'
  readonly onInvalid: 'throw' | 'skip' | 'pass'
  /** A protocol's predicate looks at what was parsed, the app's own at what is handed over. */
  readonly endsWithParsed: ((event: Parsed, seen: number) => boolean) | null
  readonly endsWithHanded: ((event: Handed, seen: number) => boolean) | null
}

/** Raw event → parse → error of the server? → schema → the end? Synchronous, as long as every part is. */
export class Decoder {
  readonly #parts: DecodeParts

  constructor(parts: DecodeParts) {
    this.#parts = parts
  }

  decode(raw: RawEvent, seen: number): Awaitable<Decoded<Handed>> {
    const decoded = tried(() => this.#decode(raw, seen))
    return after(decoded, (result) =>
      result.ok ? result.value : { type: 'failed', failure: thrownBy(raw, result.error) },
    )
  }

  #decode(raw: RawEvent, seen: number): Awaitable<Decoded<Handed>> {
    const { keepsAlive, parse, schemaOf } = this.#parts
    if (keepsAlive?.(raw) === true) return { type: 'skipped', ends: false, failure: null }
    const schema = schemaOf(raw.type)
    if (parse === null) return this.#judge(eventOf(raw, raw.data), schema, seen)
    return after(
      tried(() => parse(raw.data)),
      (parsed) => {
        if (parsed.ok) return this.#judge(eventOf(raw, parsed.value), schema, seen)
        // Nobody has said that data of this name can be parsed.
        if (schema === 'unlisted') return this.#other(eventOf(raw, raw.data), seen)
        return this.#invalid(eventOf(raw, raw.data), seen, refusedByParse(raw, parsed.error))
      },
    )
  }

  #judge(
    parsed: Parsed,
    schema: StandardSchema | 'unlisted' | null,
    seen: number,
  ): Awaitable<Decoded<Handed>> {
    const error = this.#parts.errorOf?.(parsed) ?? null
    if (error !== null) return { type: 'failed', failure: serverError(error, parsed.raw, seen) }
    if (schema === null) return this.#hand(parsed, parsed, seen)
    if (schema === 'unlisted') return this.#other(parsed, seen)
    return after(
      tried(() => schema['~standard'].validate(parsed.data)),
      (result) => {
        if (!result.ok) return this.#invalid(parsed, seen, refusedBySchema(parsed, [], result.error))
        const { value } = result
        if (value.issues !== undefined)
          return this.#invalid(parsed, seen, refusedBySchema(parsed, value.issues))
        return this.#hand({ ...parsed, data: value.value }, parsed, seen)
      },
    )
  }

  #other(parsed: Parsed, seen: number): Decoded<Handed> {
    if (this.#parts.others === 'skip') return this.#skip(parsed, seen, null)
    const { type: name, raw, lastEventId } = parsed
    return this.#hand({ type: 'other', name, data: raw, raw, lastEventId }, parsed, seen)
  }

  #invalid(parsed: Parsed, seen: number, failure: Failure): Decoded<Handed> {
    const { onInvalid } = this.#parts
    if (onInvalid === 'skip') return this.#skip(parsed, seen, failure)
    if (onInvalid !== 'pass') return { type: 'failed', failure }
    const event = { ...parsed, type: 'invalid', name: parsed.type, error: new EventStreamError(failure) }
    return this.#hand(event, parsed, seen)
  }

  #skip(parsed: Parsed, seen: number, failure: Failure | null): Decoded<Handed> {
    return { type: 'skipped', ends: this.#parts.endsWithParsed?.(parsed, seen) ?? false, failure }
  }

  #hand(event: Handed, parsed: Parsed, seen: number): Decoded<Handed> {
    const { endsWithParsed, endsWithHanded } = this.#parts
    const ends = endsWithParsed?.(parsed, seen) ?? endsWithHanded?.(event, seen) ?? false
    return { type: 'event', event, ends }
  }
}

function eventOf(raw: RawEvent, data: unknown): Parsed {
  return { type: raw.type, data, raw: raw.data, lastEventId: raw.lastEventId }
}
