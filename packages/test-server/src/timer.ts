/** Timers count in 32 bits: anything longer would fire after 1 ms, `Infinity` too. It is 24.8 days. */
export const LONGEST: number = 2 ** 31 - 1

/** Calls `wake` once after `ms`, of which `Infinity` is for ever to any test; gives what stops it. */
export function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, Math.min(ms, LONGEST))
  return () => clearTimeout(timer)
}
