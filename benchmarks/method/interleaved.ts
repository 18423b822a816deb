import { endProgress, showProgress } from './progress.ts'

export interface Rounds {
  readonly name: string
  readonly contestants: readonly string[]
  readonly rounds: number
  /** Rounds at the start that do not count. */
  readonly discarded?: number
}

/**
 * The answers of each contestant, round by round, so that a busy minute of the machine meets all of them alike. Each round
 * begins with another contestant: in a fixed order each would always follow the same one.
 */
export async function interleaved<Answer>(
  { name, contestants, rounds, discarded = 0 }: Rounds,
  ask: (contestant: string) => Promise<Answer>,
): Promise<Map<string, Answer[]>> {
  const answers = new Map<string, Answer[]>(contestants.map((contestant) => [contestant, []]))
  const order = [...answers]
  for (let round = 1 - discarded; round <= rounds; round++) {
    order.push(...order.splice(0, 1))
    for (const [contestant, own] of order) {
      showProgress(`${name}: round ${round} of ${rounds}, ${contestant}`)
      const answer = await ask(contestant)
      if (round > 0) own.push(answer)
    }
  }
  endProgress()
  return answers
}

/** One figure of each answer. */
export function pick<Answer>(
  answers: ReadonlyMap<string, readonly Answer[]>,
  figure: (answer: Answer) => number,
): Record<string, number[]> {
  return Object.fromEntries([...answers].map(([contestant, own]) => [contestant, own.map(figure)]))
}
