import type { SizeGoal } from './goals.ts'

export type Verdict = 'ok' | 'over its goal' | 'TOO LARGE'

/** A goal is there to be seen when it is missed; 1.3 times it, or what is put up with, is where the gate shuts. */
export function verdictOf(
  bytes: number,
  { goal, putUpWith = 0 }: Pick<SizeGoal, 'goal' | 'putUpWith'>,
): Verdict {
  const kilobytes = bytes / 1000
  if (kilobytes <= goal) return 'ok'
  return kilobytes <= Math.max(1.3 * goal, putUpWith) ? 'over its goal' : 'TOO LARGE'
}
