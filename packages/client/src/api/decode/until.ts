/**
 * What ends an answer: a data string (`'[DONE]'`), or the same as `{ data }`; the name of an event, or several; or a
 * predicate. A data terminator is not handed over, others are. `end: true`: the answer is complete there, but the body is
 * read to its end. `what`: in the error of an answer that was cut, the name of what did not come.
 */
export type Until<Event> =
  | string
  | { readonly data: string; readonly end?: boolean }
  | { readonly event: string | readonly string[]; readonly end?: boolean }
  | UntilPredicate<Event>
  | { readonly when: UntilPredicate<Event>; readonly what?: string; readonly end?: boolean }

/** Written as a method, so that a protocol of narrower events may stand where any protocol is taken. */
export type UntilPredicate<Event> = { is(event: Event, context: UntilContext): boolean }['is']

/** What a predicate is told beside the event. */
export interface UntilContext {
  /** The request's body as it was given to `json`, or else undefined. */
  readonly request: unknown
  /** How many events came before. */
  readonly seen: number
}
