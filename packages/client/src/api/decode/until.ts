/**
 * What ends an answer. Without it nobody can tell a whole answer from one that was cut cleanly.
 *
 * - `'[DONE]'` or `{ data: '[DONE]' }`: an event with this data, which is not handed over itself.
 * - `{ event: 'end' }`: an event of this name, or of one of several; it is handed over.
 * - `(event) => boolean` or `{ when, what }`: the event for which the function returns true; it is handed over. `what` is its
 *   name in the error of a cut answer: "the body ended before …".
 *
 * With `end: true` the answer is complete there, but the body is read on to its end, for example for the usage of tokens.
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
