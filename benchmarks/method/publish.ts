import process from 'node:process'
import type { Figures } from '../../scripts/figures/figures.ts'
import { record, type Results } from '../../scripts/figures/record.ts'
import { report } from '../../scripts/figures/report.ts'

/** Prints figures; with `--record` they are kept in docs/results, too. */
export function publish(results: Results, figures: readonly Figures[], keep: boolean): void {
  for (const each of figures) process.stdout.write(report(each))
  if (keep) record(results, figures)
}
