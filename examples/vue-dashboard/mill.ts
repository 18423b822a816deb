/** A sample of the mill's instruments. */
export interface Sample {
  readonly type: 'sample'
  /** Counts samples and notes from 1 without a gap: what a page misses, it can tell. */
  readonly n: number
  /** Seconds since the epoch. */
  readonly at: number
  /** Litres a second. */
  readonly flow: number
  /** Kilowatts. */
  readonly power: number
  /** Turns a minute. */
  readonly speed: number
}

/** Something worth a line in the book. */
export interface Note {
  readonly type: 'note'
  readonly n: number
  readonly at: number
  readonly level: 'info' | 'warning'
  readonly text: string
}

export type Entry = Sample | Note

/** What the mill says at its n-th tick. */
export function entryAt(n: number, at: number): Entry {
  const line = n % 17 === 0 ? lines[(n / 17) % lines.length] : undefined
  if (line !== undefined) return { type: 'note', n, at, ...line }
  const flow = 200 + 32 * Math.sin(n / 47) + 9 * Math.sin(n / 5) + 4 * noise(n)
  const speed = 9 + (flow - 200) / 40 + 0.25 * noise(n + 1)
  const power = (flow * speed * 0.62) / 230 + 0.12 * noise(n + 2)
  return { type: 'sample', n, at, flow, power, speed }
}

const lines = [
  { level: 'info', text: 'Sluice opened by two fingers' },
  { level: 'info', text: 'Sack 41 is full' },
  { level: 'warning', text: 'Leaves at the rake' },
  { level: 'info', text: 'Millstone lifted by a hair' },
  { level: 'info', text: 'Sack 42 is full' },
  { level: 'warning', text: 'Bearing at 61 °C' },
  { level: 'info', text: 'Rake is clear' },
] as const

/** In [-1, 1], the same for the same n. */
function noise(n: number): number {
  const x = Math.sin(n * 12.9898) * 43_758.5453
  return 2 * (x - Math.floor(x)) - 1
}
