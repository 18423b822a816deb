import { readFile, writeFile } from 'node:fs/promises'
import type { NamedScenario } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'
import { chartOf } from './chart.ts'

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

const data = new URL('../../docs/results/rivals.json', import.meta.url)
const chart = new URL('../../docs/rivals.md', import.meta.url)

export async function readResults(): Promise<Results> {
  return JSON.parse(await readFile(data, 'utf8').catch(() => '{}')) as Results
}

/** Writes the data, and the chart made of it. */
export async function writeResults(results: Results, cases: readonly NamedScenario[]): Promise<void> {
  await writeFile(data, `${JSON.stringify(results, null, 1)}\n`)
  await writeFile(chart, chartOf(results, cases))
}
