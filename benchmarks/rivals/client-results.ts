import type { Verdict } from '../../test/faults/trial.ts'

/** What is known of each client: when it was run, on what, and its verdict on each case. */
export interface ClientResults {
  /** Package and version. */
  readonly package: string
  /** Day of the run. */
  readonly date: string
  readonly node: string
  readonly verdicts: Readonly<Record<string, Verdict>>
}

export type Results = Readonly<Record<string, ClientResults>>
