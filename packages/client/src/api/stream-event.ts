/** An event as it is handed over. */
export interface StreamEvent<Data = string, Type extends string = string> {
  /** The event's name; `message` where the server gave none. */
  readonly type: Type
  /** Decoded by `parse` or `schema`; without them the text. */
  readonly data: Data
  /** The text as it came. */
  readonly raw: string
  readonly lastEventId: string
}
