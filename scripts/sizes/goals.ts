/** What a program imports, and from where. */
export interface Import {
  readonly from: string
  readonly exports: readonly string[]
}

export interface SizeGoal extends Import {
  /** kB (1,000 bytes), minified and gzipped. A warning above it, a failure above 1.3 times it. */
  readonly goal: number
  /**
   * kB that are put up with for now, where 1.3 times the goal is out of reach: above it the gate shuts, and it only
   * ever goes down. docs/decisions/sizes.md says why.
   */
  readonly putUpWith?: number
  /** What stands in the bundle anyway: only what comes on top of it counts. */
  readonly above?: Import
}

/** What a bundle for browsers pays for each thing it can import. */
export const sizeGoals: readonly SizeGoal[] = [
  { from: '@millrace/parser', exports: ['createParser'], goal: 2 },
  { from: '@millrace/client', exports: ['fetchEventStream'], goal: 5.6, putUpWith: 20 },
  { from: '@millrace/client', exports: ['EventSource'], goal: 6.5, putUpWith: 20 },
  {
    from: '@millrace/client/react',
    exports: ['useEventSource', 'useEventStream'],
    goal: 1.2,
    above: { from: '@millrace/client', exports: ['createEventStore', 'fetchEventStream'] },
  },
  {
    from: '@millrace/client/vue',
    exports: ['useEventSource', 'useEventStream'],
    goal: 1.2,
    above: { from: '@millrace/client', exports: ['createEventStore', 'EventSource', 'fetchEventStream'] },
  },
]
