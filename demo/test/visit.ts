/** What a visitor of the page has seen. */
export interface Visit {
  /** The answer when it was whole, and the facts beneath it by their names. */
  readonly answer: string
  readonly facts: Readonly<Record<string, string>>
  /** The button that was pressed last, from the keyboard: it can be pressed again from there. */
  readonly focused: string | undefined
  /** The status after a question to a server that was gone. */
  readonly unanswered: string
  /** Errors that nobody handled. */
  readonly broken: readonly string[]
}
