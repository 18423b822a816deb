import type { StreamEvent } from '../decode/stream-event.ts'
import type { BodyInit, HeadersInit } from '../request/fetch-types.ts'

/** Where a consumer stands: plain JSON, to be saved and given to a later stream. */
export interface Cursor {
  /** Of the last event that was handed over; empty before the first. */
  readonly lastEventId: string
  /** Events handed over so far. */
  readonly events: number
  /** What a resume preset remembers beside the ID: a sequence number, the ID of an answer. */
  readonly mark?: JsonValue
}

/** What JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** The request whose answer is to be resumed. */
export interface OriginalRequest {
  readonly url: string
  readonly method: string
  /** As they would be sent with this attempt: a function among the options has been called. */
  readonly headers: Headers
  /** What its body was made of; undefined where it was given as `body`. */
  readonly json: unknown
}

/** What a resume function is told. */
export interface ResumeContext {
  /** Where the stream stands: the request asks for what follows. */
  readonly cursor: Cursor
  readonly request: OriginalRequest
  /** The last reply, if there was one. */
  readonly response: Response | null
  /** From 1. */
  readonly attempt: number
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal
}

/**
 * A request that goes on where the answer was cut. `url` defaults to the original's, `method` to GET, `headers` to the
 * original's less those of its body, as long as the origin is the same.
 */
export interface ResumeRequest {
  readonly url?: string | URL | undefined
  readonly method?: string | undefined
  readonly headers?: HeadersInit | undefined
  readonly body?: BodyInit | null | undefined
}

/**
 * Makes the request that resumes; null: there is nothing to resume, and the stream ends with what cut it, or as
 * `truncated` where that was a `reconnect()` or happened to an earlier stream.
 */
export type ResumeFunction = (context: ResumeContext) => ResumeRequest | null | Promise<ResumeRequest | null>

/**
 * A way to resume that knows more about the events than their IDs. Its functions are written as methods, so that one for
 * narrower events may stand where any is taken.
 */
export interface ResumePreset<Event extends StreamEvent<unknown> = StreamEvent<unknown>> {
  readonly request: ResumeFunction
  /**
   * False while nothing is known that a request could resume from. Default: whether there is a last event ID.
   * @param json what the request's body was made of, if it was
   */
  readonly ready?: (cursor: Cursor, json: unknown) => boolean
  /** What to remember after an event; goes into the cursor. */
  readonly track?: { of(mark: JsonValue | undefined, event: Event): JsonValue | undefined }['of']
  /**
   * True for an event that came before the cut already, as an order such as a sequence number tells. Asked only for the
   * first events after a resume, up to the first that is new.
   * @param before where the consumer stood when the resumed reply began
   * @param position of the event in that reply, from 0
   */
  readonly seen?: { is(before: Cursor, event: Event, position: number): boolean }['is']
}

/** How to go on with a cut answer: a function that makes the request, or a preset. */
export type Resume<Event extends StreamEvent<unknown> = StreamEvent<unknown>> =
  | ResumeFunction
  | ResumePreset<Event>
