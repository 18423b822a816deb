import { spread } from '../../scripts/figures/statistics.ts'
import type { Spread } from '../../scripts/figures/statistics.ts'

/** One comparison: every contestant does the same work, and is divided into the baseline's time. */
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

/** Rounds are interleaved, so that a busy minute of the machine meets every contestant alike. */
export async function compare(
  comparison: Comparison,
  rounds: number,
  progress: (text: string) => void,
): Promise<ComparisonResult> {
  const { name, baseline } = comparison
  const contestants = [...new Set([baseline, ...comparison.contestants])]
  const values = new Map<string, number[]>(contestants.map((contestant) => [contestant, []]))
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of contestants) {
      progress(`${name}: round ${round} of ${rounds}, ${contestant}`)
      values.get(contestant)?.push(await comparison.measure(contestant))
    }
  }
  const base = values.get(baseline) ?? []
  return {
    name,
    baseline,
    rounds,
    contestants: [...values].map(([contestant, own]) => ({
      contestant,
      value: spread(own),
      ratio: spread(own.map((value, round) => (base[round] ?? Number.NaN) / value)),
    })),
  }
}
