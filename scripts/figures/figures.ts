import { spread, type Spread } from './statistics.ts'

/** What is asked of our contestant. Smaller figures are better: time for each event, bytes for each connection. */
export type Goal =
  /** So many times as good as another; below 1 the other may be better by that. */
  | { readonly type: 'times'; readonly than: string; readonly atLeast: number }
  /** At most so much more than another. */
  | { readonly type: 'more'; readonly than: string; readonly atMost: number }
  | { readonly type: 'value'; readonly atMost: number }

export interface Subject {
  readonly name: string
  readonly unit: string
  readonly ours: string
  readonly goals: readonly Goal[]
}

/** One measurement: what was found in each round, by contestant. Everything else follows from it. */
export interface Figures extends Subject {
  readonly found: Readonly<Record<string, readonly number[]>>
}

export interface Judgement {
  readonly text: string
  readonly value: number
  readonly met: boolean
}

export function valueOf({ found }: Figures, contestant: string): Spread {
  return spread(found[contestant] ?? [])
}

/** How many times as good as another a contestant is, paired by round. */
export function timesAsGood(figures: Figures, contestant: string, than: string): Spread {
  return paired(figures, contestant, than, (own, other) => other / own)
}

export function judge(figures: Figures, goal: Goal): Judgement {
  const { ours, unit } = figures
  switch (goal.type) {
    case 'times': {
      const value = timesAsGood(figures, ours, goal.than).median
      return {
        text: `at least ${Number(goal.atLeast.toFixed(2))} × ${goal.than}`,
        value,
        met: value >= goal.atLeast,
      }
    }
    case 'more': {
      const value = paired(figures, ours, goal.than, (own, other) => own - other).median
      return {
        text: `at most ${goal.atMost} ${unit} more than ${goal.than}`,
        value,
        met: value <= goal.atMost,
      }
    }
    case 'value': {
      const value = valueOf(figures, ours).median
      return { text: `at most ${goal.atMost} ${unit}`, value, met: value <= goal.atMost }
    }
  }
}

function paired(
  { found }: Figures,
  contestant: string,
  than: string,
  combine: (own: number, other: number) => number,
): Spread {
  const others = found[than] ?? []
  return spread((found[contestant] ?? []).map((own, round) => combine(own, others[round] ?? Number.NaN)))
}
