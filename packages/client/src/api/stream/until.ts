/** What ends an answer. */
export type Until<Event> =
  | string
  | { readonly data: string; readonly end?: boolean }
  | { readonly event: string | readonly string[]; readonly end?: boolean }
  | UntilPredicate<Event>
  | { readonly when: UntilPredicate<Event>; readonly end?: boolean }

/** Written as a method, so that a protocol of narrower events may stand where any protocol is taken. */
export type UntilPredicate<Event> = { is(event: Event, context: UntilContext): boolean }['is']

export interface UntilContext {
  /** The request's body as it was given to `json`, or else undefined. */
  readonly request: unknown
  /** How many events came before. */
  readonly seen: number
}
