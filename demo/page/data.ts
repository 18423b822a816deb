import type { Control, Scenario } from '@millrace/test-server'

/** What the server writes into the page. */
export interface PageData {
  readonly question: string
  /** The server plays scenarios for the page, and breaks them off when it asks. */
  readonly control: Control
  readonly answer: Scenario
}
