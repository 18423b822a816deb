import { spread } from '../../scripts/figures/statistics.ts'
import type { Spread } from '../../scripts/figures/statistics.ts'
import { interleaved } from './interleaved.ts'

/** One comparison: every contestant does the same work, and its time is set against the baseline's. */
export interface Comparison {
  name: string
  baseline: string
  contestants: readonly string[]
  /** One fresh measurement, such as nanoseconds of CPU for one event. Smaller is better. */
  measure: (contestant: string) => Promise<number>
}

export interface ContestantResult {
  contestant: string
  value: Spread
  /** Baseline divided by contestant, paired by round: above 1 is faster than the baseline. */
  ratio: Spread
}

export interface ComparisonResult {
  name: string
  baseline: string
  rounds: number
  contestants: ContestantResult[]
}

export async function compare(
  { name, baseline, contestants, measure }: Comparison,
  rounds: number,
): Promise<ComparisonResult> {
  const all = [...new Set([baseline, ...contestants])]
  const values = await interleaved({ name, contestants: all, rounds }, measure)
  const base = values.get(baseline) ?? []
  return {
    name,
    baseline,
    rounds,
    contestants: Array.from(values, ([contestant, own]) => ({
      contestant,
      value: spread(own),
      ratio: spread(own.map((value, round) => (base[round] ?? Number.NaN) / value)),
    })),
  }
}
