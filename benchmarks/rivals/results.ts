import { readFile, writeFile } from 'node:fs/promises'
import type { NamedScenario } from '@millrace/test-server'
import { chartOf } from './chart.ts'
import type { Results } from './client-results.ts'

const data = new URL('../../docs/results/rivals.json', import.meta.url)
const chart = new URL('../../docs/results/rivals.md', import.meta.url)

export async function readResults(): Promise<Results> {
  return JSON.parse(await readFile(data, 'utf8').catch(() => '{}')) as Results
}

/** Writes the data, and the chart made of it. */
export async function writeResults(results: Results, cases: readonly NamedScenario[]): Promise<void> {
  // A client a line: a diff then shows which ones were run anew.
  const lines = Object.entries(results).map(
    (entry) => ` ${entry.map((part) => JSON.stringify(part)).join(': ')}`,
  )
  await writeFile(data, `{\n${lines.join(',\n')}\n}\n`)
  await writeFile(chart, chartOf(results, cases))
}
