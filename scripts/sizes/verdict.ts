import type { SizeGoal } from './goals.ts'

export type Verdict = 'ok' | 'over its goal' | 'TOO LARGE'

/** Above its goal an import is reported; above 1.3 times the goal, or above its ceiling where that is higher, the gate shuts. */
export function verdictOf(bytes: number, { goal, ceiling = 0 }: Pick<SizeGoal, 'goal' | 'ceiling'>): Verdict {
  const kilobytes = bytes / 1000
  if (kilobytes <= goal) return 'ok'
  return kilobytes <= Math.max(1.3 * goal, ceiling) ? 'over its goal' : 'TOO LARGE'
}
