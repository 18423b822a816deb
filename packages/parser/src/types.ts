import type { ParseError } from './errors.ts'

/** What a parser takes: text, or bytes of UTF-8 in any view of any realm. */
export type Chunk = string | ArrayBuffer | ArrayBufferView

/** One event of the stream, as its blank line ends it. */
export interface EventSourceMessage {
  /** The event type. `undefined` when the block named none: a browser calls that `message`. */
  event?: string | undefined
  /** The last event ID. Set only when this very block had a valid `id` field; `''` resets it. */
  id?: string | undefined
  /** The lines of data, joined by LF. */
  data: string
}

/** Called while `feed()` runs, in the order of the stream, as methods of the object that holds them. */
export interface ParserCallbacks {
  /** A block with data has ended. */
  onEvent?: ((event: EventSourceMessage) => void) | undefined
  /**
   * A block with a valid `id` has ended, with or without data. Called before `onEvent`, once for each block,
   * with the block's last id; `''` resets the last event ID.
   */
  onId?: ((id: string) => void) | undefined
  /** A `retry` field of ASCII digits: the new reconnection time in milliseconds, told at once. It may be huge: clamp it. */
  onRetry?: ((retry: number) => void) | undefined
  /** A comment line, without its colon and one space after it. */
  onComment?: ((comment: string) => void) | undefined
  /**
   * Something the standard ignores (`unknown-field`, `invalid-retry`), or a limit passed, which ends parsing
   * until `reset()`. An unknown field that a chunk's end cuts is dropped without a report, unless `maxUnknownSize`
   * keeps it.
   */
  onError?: ((error: ParseError) => void) | undefined
}

/** Limits count bytes of UTF-8, after decompression. */
export interface ParserLimits {
  /**
   * The most that is kept of one unfinished event, its data so far; and of one line that is being received.
   * `Infinity` lifts the limit.
   * @default 16777216 (16 MiB)
   */
  maxBufferSize?: number | undefined
  /**
   * The longest id, event name or comment; comments count only when `onComment` is there to read them.
   * @default 65536 (64 KiB)
   */
  maxFieldSize?: number | undefined
  /**
   * How many characters are kept, for `onError`, of an unfinished line that is no field: for example the bare JSON of an
   * error that came in place of an event stream.
   * @default 0: such a line is dropped without a report, as by eventsource-parser
   */
  maxUnknownSize?: number | undefined
}

/** What `createParser` takes. Every member is optional. */
export interface ParserConfig extends ParserCallbacks, ParserLimits {
  /**
   * Hand out strings that own their characters. Without it an event is a slice of its chunk and keeps the whole
   * chunk in memory: set it when a few events of many are kept for long. It costs a copy for each event.
   * @default false
   */
  detach?: boolean | undefined
}

/** What `createParser` gives. */
export interface EventSourceParser {
  /**
   * Parses the next piece of the stream, however it is cut: inside a line, a CRLF, a character.
   *
   * A callback that throws stops `feed()`; the rest of that chunk is lost.
   * @throws {ParseError} after a limit was passed, until `reset()`.
   * @throws {TypeError} when the chunk is neither text nor bytes.
   */
  feed: (chunk: Chunk) => void
  /**
   * Starts over for a new stream. What was unfinished is dropped; `consume: true` first reads an unfinished
   * line as if it had ended (its comment, retry or error is told; no event is dispatched).
   */
  reset: (options?: { consume?: boolean | undefined }) => void
  /** Bytes held of a block that no blank line has ended yet. Not 0 at the end of a stream: it was cut. */
  readonly pending: number
}
