import { spread, type Spread } from './statistics.ts'

/** What is asked of one contestant, `of`. Smaller figures are better: time for each event, bytes for each connection. */
export type Goal = { readonly of: string } & (
  | {
      readonly type: 'times'
      readonly than: string
      /** So many times as good as another; below 1 the other may be better by that. */
      readonly atLeast: number
    }
  | { readonly type: 'more'; readonly than: string; readonly atMost: number }
  | { readonly type: 'value'; readonly atMost: number }
)

/** What is measured, and against whom. */
export interface Subject {
  readonly name: string
  readonly unit: string
  /** The contestant that the others are set against in reports and charts. */
  readonly baseline: string
  readonly goals: readonly Goal[]
}

/** One measurement, as it is reported, recorded, and shown in tables and charts. */
export interface Figures extends Subject {
  readonly rounds: number
  readonly contestants: Readonly<Record<string, ContestantFigures>>
  readonly goals: readonly (Goal & { readonly found: Spread })[]
}

export interface ContestantFigures {
  readonly value: Spread
  /** How many times as good as the baseline. */
  readonly times: Spread
}

/** `found`: what each contestant took, round by round. Contestants are compared within a round, so that a busy minute does not matter. */
export function figuresOf(subject: Subject, found: Readonly<Record<string, readonly number[]>>): Figures {
  const roundsOf = (contestant: string): readonly number[] => {
    const own = found[contestant]
    if (own === undefined) throw new RangeError(`${contestant} was not measured on ${subject.name}`)
    return own
  }
  const paired = (one: string, other: string, combine: (one: number, other: number) => number) => {
    const others = roundsOf(other)
    return spread(roundsOf(one).map((value, round) => combine(value, others[round] ?? Number.NaN)))
  }
  const times = (one: string, than: string) => paired(one, than, (own, other) => other / own)
  const foundFor = (goal: Goal): Spread => {
    if (goal.type === 'times') return times(goal.of, goal.than)
    if (goal.type === 'more') return paired(goal.of, goal.than, (own, other) => own - other)
    return spread(roundsOf(goal.of))
  }
  const { name, unit, baseline, goals } = subject
  return {
    name,
    unit,
    baseline,
    rounds: roundsOf(baseline).length,
    contestants: Object.fromEntries(
      Object.entries(found).map(([contestant, own]) => [
        contestant,
        { value: spread(own), times: times(contestant, baseline) },
      ]),
    ),
    goals: goals.map((goal) => Object.assign({ found: foundFor(goal) }, goal)),
  }
}

export function isMet(goal: Figures['goals'][number]): boolean {
  const { median } = goal.found
  return goal.type === 'times' ? median >= goal.atLeast : median <= goal.atMost
}

/** A goal in words: `at least 1.8 × eventsource 5`. */
export function inWords(goal: Goal, unit: string): string {
  switch (goal.type) {
    case 'times':
      return `at least ${Number(goal.atLeast.toFixed(2))} × ${goal.than}`
    case 'more':
      return `at most ${goal.atMost} ${unit} more than ${goal.than}`
    case 'value':
      return `at most ${goal.atMost} ${unit}`
  }
}
