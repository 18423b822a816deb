/** Where an answer is shown while it arrives. */
export interface Screen {
  /** The next piece of the answer. */
  write(text: string): void
  /** What the connection is doing. */
  status(phrase: string): void
  /** The answer is over; lines follow. */
  finish(): void
  line(text?: string): void
}

export type Write = (text: string) => void
