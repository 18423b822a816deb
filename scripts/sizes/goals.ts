export interface SizeGoal {
  readonly from: string
  readonly exports: readonly string[]
  /** kB (1,000 bytes), minified and gzipped. A warning above it, a failure above 1.3 times it. */
  readonly goal: number
  /** What stands in the bundle anyway: only what comes on top of it counts. */
  readonly above?: Omit<SizeGoal, 'goal' | 'above'>
}

/** What a bundle for browsers pays for each thing it can import. */
export const sizeGoals: readonly SizeGoal[] = [
  { from: '@millrace/parser', exports: ['createParser'], goal: 2 },
  { from: '@millrace/client', exports: ['fetchEventStream'], goal: 5.6 },
]
