import { useState } from 'react'

/**
 * What is made once for these values, and again when they change. Not useMemo: React forgets everything memoized when a
 * component's code is edited under it (Fast Refresh), and the connection would be lost with it.
 */
export function useKept<T>(make: () => T, ...values: readonly unknown[]): T {
  const [kept, keep] = useState(() => ({ made: make(), values }))
  if (kept.values.every((value, n) => value === values[n])) return kept.made
  const next = { made: make(), values }
  keep(next)
  return next.made
}
