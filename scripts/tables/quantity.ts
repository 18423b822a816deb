/** What a number of the defaults counts. */
export type Unit = 'ms' | 'bytes' | 'times' | 'share'

const steps = {
  ms: [
    ['min', 60_000],
    ['s', 1000],
    ['ms', 1],
  ],
  bytes: [
    ['MiB', 1024 * 1024],
    ['KiB', 1024],
    ['B', 1],
  ],
} as const

/** A default as a reader wants it: `120 s` is `2 min`, no bound is `none`. */
export function quantity(value: unknown, unit: Unit): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value !== 'number') return String(value)
  if (value === Number.POSITIVE_INFINITY) return 'none'
  if (unit === 'times') return String(value)
  if (unit === 'share') return `0–${value * 100} %`
  const [name, size] = steps[unit].find((step) => value >= step[1] && value % step[1] === 0) ?? ['', 1]
  return `${value / size} ${name}`
}
