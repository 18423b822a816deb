'use client'
import { useState } from 'react'

/**
 * What is made once for these values, and anew when they change. Not useMemo: React makes everything memoized anew when
 * a component's code is edited under it (Fast Refresh), and the connection of what was made before would be lost.
 */
export function useKept<T>(make: () => T, ...values: readonly unknown[]): T {
  const [kept, keep] = useState(() => ({ made: make(), values }))
  if (kept.values.every((value, n) => value === values[n])) return kept.made
  const next = { made: make(), values }
  keep(next)
  return next.made
}
