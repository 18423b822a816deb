import type { EventStreamError } from '../errors/event-stream-error.ts'

/** An event as it is handed over. */
export interface StreamEvent<Data = string, Type extends string = string> {
  /** The event's name; `message` where the server gave none. */
  readonly type: Type
  /** Decoded by `parse` or `schema`; without them the text. */
  readonly data: Data
  /** The text as it came. */
  readonly raw: string
  /** The last event ID as of this event: its own, or that of an earlier one. Empty before the first. */
  readonly lastEventId: string
}

/** With `others: 'pass'`: an event that no schema is named for. */
export interface OtherEvent extends StreamEvent<string, 'other'> {
  /** The event's own name. */
  readonly name: string
}

/** With `onInvalid: 'pass'`: an event that `parse` or `schema` refused. */
export interface InvalidEvent extends StreamEvent<unknown, 'invalid'> {
  /** The event's own name. */
  readonly name: string
  /** What was wrong with it; no other event has this member. */
  readonly error: EventStreamError
}
