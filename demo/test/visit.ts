/** What a visitor of the page has seen. */
export interface Visit {
  /** The answer when it was whole, and the facts beneath it by their names. */
  readonly answer: string
  readonly facts: Readonly<Record<string, string>>
  /** Errors that nobody handled. */
  readonly broken: readonly string[]
}
