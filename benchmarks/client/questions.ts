import type { Subject } from '../../scripts/figures/figures.ts'
import type { Answer, Task } from './worker.ts'

/** What is asked of a process for each contestant, and what its answer is compared by. */
export interface Question {
  readonly name: string
  readonly contestants: readonly string[]
  readonly task: Pick<Task, 'question' | 'count'>
  /** Flags for V8, where needed: with any, V8 refuses the compiled code that Node comes with, and a start takes 30 ms more. */
  readonly flags?: readonly string[]
  /** Where another number does. */
  readonly rounds?: number
  readonly subjects: readonly (Subject & { readonly figure: keyof Answer })[]
}

const ours = 'EventSource'
const raised = 'EventSource, its limit raised'
const classes = [ours, 'eventsource 5', 'undici EventSource', 'bare fetch']
const stream = 'fetchEventStream'
const batches = 'fetchEventStream, batches()'
const other = 'eventsource-client, iterator'
const byHand = 'fetch and eventsource-parser by hand'
const iteration = {
  unit: 'ns per event',
  baseline: other,
  goals: [
    { of: stream, type: 'times', than: other, atLeast: 1.1 },
    { of: stream, type: 'times', than: byHand, atLeast: 0.85 },
    { of: batches, type: 'times', than: stream, atLeast: 1 },
  ],
} as const
const long = 32 * 1024 * 1024

export function questionsFor(events: number): readonly Question[] {
  return [
    {
      name: 'flood',
      contestants: classes,
      task: { question: 'flood', count: events },
      subjects: [
        {
          name: 'flood, Node',
          unit: 'ns per event',
          figure: 'wall',
          baseline: 'eventsource 5',
          goals: [
            { of: ours, type: 'times', than: 'eventsource 5', atLeast: 1.8 },
            { of: ours, type: 'times', than: 'undici EventSource', atLeast: 2.8 },
            { of: ours, type: 'times', than: 'bare fetch', atLeast: 0.75 },
          ],
        },
        {
          name: 'flood, Node, processor time',
          unit: 'ns per event',
          figure: 'cpu',
          baseline: 'eventsource 5',
          goals: [],
        },
      ],
    },
    {
      name: 'iteration',
      contestants: [stream, batches, other, byHand],
      task: { question: 'flood', count: events },
      subjects: [
        { name: 'iteration, Node', figure: 'wall', ...iteration },
        { name: 'iteration, Node, processor time', figure: 'cpu', ...iteration },
      ],
    },
    {
      name: 'long event',
      contestants: [raised, 'eventsource 5', 'bare fetch'],
      task: { question: 'long-event', count: long },
      subjects: [
        {
          name: 'one event of 32 MiB, Node',
          unit: 'ms',
          figure: 'wall',
          baseline: 'bare fetch',
          goals: [{ of: raised, type: 'times', than: 'bare fetch', atLeast: 1 / 1.5 }],
        },
      ],
    },
    {
      name: 'start',
      contestants: classes,
      // A round takes half a second, and a start varies by more than it may take.
      rounds: 61,
      task: { question: 'first-event', count: 1 },
      subjects: [
        {
          name: 'process start to first event, Node',
          unit: 'ms',
          figure: 'wall',
          baseline: 'eventsource 5',
          goals: [{ of: ours, type: 'more', than: 'bare fetch', atMost: 10 }],
        },
        {
          name: 'processor time to first event, Node',
          unit: 'ms',
          figure: 'cpu',
          baseline: 'eventsource 5',
          goals: [],
        },
      ],
    },
    {
      name: 'idle heap',
      contestants: classes,
      task: { question: 'idle-heap', count: 1000 },
      flags: ['--expose-gc'],
      rounds: 3,
      subjects: [
        {
          name: 'heap of an idle connection, Node',
          unit: 'bytes',
          figure: 'wall',
          baseline: 'eventsource 5',
          goals: [{ of: ours, type: 'value', atMost: 27 * 1024 }],
        },
      ],
    },
  ]
}
