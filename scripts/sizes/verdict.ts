export type Verdict = 'ok' | 'over its goal' | 'TOO LARGE'

/** A goal is there to be seen when it is missed; 1.3 times it is where the gate shuts. */
export function verdictOf(bytes: number, goalKilobytes: number): Verdict {
  const share = bytes / (goalKilobytes * 1000)
  if (share <= 1) return 'ok'
  return share <= 1.3 ? 'over its goal' : 'TOO LARGE'
}
