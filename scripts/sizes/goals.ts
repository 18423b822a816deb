/** What a program imports: names by module. */
export type Imports = Readonly<Record<string, readonly string[]>>

export interface SizeGoal {
  readonly imports: Imports
  /** What is in the bundle anyway: only what comes on top of it counts. */
  readonly above?: Imports
  /** kB (1,000 bytes), minified and gzipped. A warning above it, a failure above 1.3 times it. */
  readonly goal: number
  /**
   * kB above which the gate shuts where 1.3 times the goal is out of reach for now. It may only be lowered.
   * docs/decisions/sizes.md says why it is needed.
   */
  readonly ceiling?: number
}

const stream: Imports = { '@millrace/client': ['fetchEventStream'] }

/** What a bundle for browsers pays for each thing it can import. */
export const sizeGoals: readonly SizeGoal[] = [
  { imports: { '@millrace/parser': ['createParser'] }, goal: 2 },
  { imports: stream, goal: 5.6, ceiling: 17.9 },
  { imports: { '@millrace/client': ['EventSource'] }, goal: 6.5, ceiling: 15.45 },
  {
    imports: { '@millrace/client': ['collect'], '@millrace/client/protocols': ['openaiChat'] },
    above: stream,
    goal: 0.8,
  },
  { imports: { '@millrace/client': ['createEventStore'] }, above: stream, goal: 1.25 },
  {
    imports: { '@millrace/client/react': ['useEventSource', 'useEventStream'] },
    above: { '@millrace/client': ['fetchEventStream', 'createEventStore'] },
    goal: 1.2,
  },
  {
    imports: { '@millrace/client/vue': ['useEventSource', 'useEventStream'] },
    above: { '@millrace/client': ['fetchEventStream', 'createEventStore', 'EventSource'] },
    goal: 1.2,
    ceiling: 1.4,
  },
]
