import { inFreshProcess } from '../method/fresh-process.ts'
import { runtimeNamed } from '../method/runtimes.ts'
import type { Goal, Subject } from '../../scripts/figures/figures.ts'
import type { MemoryTask } from './memory-worker.ts'
import type { Task } from './worker.ts'

const rival = 'eventsource-parser 4'
const parsers = ['millrace', 'eventsource-parser 3', 'undici', 'fetch-event-source']
const worker = new URL('worker.ts', import.meta.url)
const memoryWorker = new URL('memory-worker.ts', import.meta.url)

/** A comparison: every contestant does the same work. */
export interface Row extends Subject {
  readonly contestants: readonly string[]
  readonly measure: (contestant: string) => Promise<number>
}

interface Plan {
  runtime?: string
  workload: string
  size: Task['size']
  /** How many times as fast as the baseline, at least, each of ours has to be. */
  must: number
  contestants?: readonly string[]
  baseline?: string
}

const plans: readonly Plan[] = [
  { workload: 'W1', size: 'event', must: 1.25, contestants: parsers },
  { workload: 'W1', size: 16_384, must: 1.25, contestants: parsers },
  { workload: 'W1', size: 65_536, must: 1.25 },
  { workload: 'W2', size: 'event', must: 0.95 },
  { workload: 'W2', size: 16_384, must: 0.95, contestants: parsers },
  { workload: 'W3', size: 16_384, must: 0.95 },
  { workload: 'W4', size: 16_384, must: 1.1, contestants: parsers },
  { workload: 'W5', size: 16_384, must: 0.95 },
  { workload: 'W6', size: 16_384, must: 1.2 },
  // eventsource-parser 3 loses the last event of W7, so it is not there.
  { workload: 'W7', size: 16_384, must: 1.2 },
  { workload: 'W8', size: 16_384, must: 0.95 },
  { workload: 'W9', size: 1, must: 0.95 },
  { workload: 'W10', size: 16_384, must: 0.95, contestants: parsers },
  { workload: 'W10', size: 61, must: 1.3 },
  { runtime: 'Node 22', workload: 'W1', size: 'event', must: 2.2 },
  { runtime: 'Node 22', workload: 'W1', size: 16_384, must: 2.2 },
  { runtime: 'Node 22', workload: 'W1', size: 65_536, must: 2.2 },
  { runtime: 'Node 22', workload: 'W10', size: 16_384, must: 0.95 },
  { runtime: 'Bun', workload: 'W1', size: 'event', must: 1.15 },
  { runtime: 'Bun', workload: 'W1', size: 16_384, must: 1.15 },
  { runtime: 'Bun', workload: 'W10', size: 16_384, must: 1.8 },
  ...(['event', 16_384] as const).map((size) => ({
    workload: 'W1',
    size,
    must: 1.5,
    baseline: 'eventsource-parser 4 stream',
    contestants: [
      'millrace stream',
      'millrace parseEventStream',
      'millrace batches',
      'parse-sse',
      'fetch-event-stream',
    ],
  })),
]

const timeRows = plans.map((plan): Row => {
  const { runtime = 'Node 24', workload, size, must, contestants = ['millrace'], baseline = rival } = plan
  const pipeline = baseline === rival ? '' : ' over a Response'
  return {
    name: `${workload}, ${sizeName(size)}${pipeline}, ${runtime}`,
    unit: 'ns per event',
    baseline,
    contestants: [baseline, ...contestants],
    goals: contestants
      .filter((name) => name.startsWith('millrace'))
      .map((of): Goal => ({ of, type: 'times', than: baseline, atLeast: must })),
    measure: (contestant) =>
      inFreshProcess(runtimeNamed(runtime), worker, { contestant, workload, size } satisfies Task),
  }
})

const roomy = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256']

function memoryRow(name: string, what: MemoryTask['what'], contestants: readonly string[], goal: Goal): Row {
  return {
    name: `${name}, Node 24`,
    unit: 'bytes per event',
    baseline: rival,
    contestants: [rival, ...contestants],
    goals: [goal],
    measure: (contestant) =>
      inFreshProcess(runtimeNamed('Node 24'), memoryWorker, { contestant, what } satisfies MemoryTask, roomy),
  }
}

/** Every comparison of `pnpm bench parser`. */
export const suite: readonly Row[] = [
  ...timeRows,
  memoryRow('W1, 16 KB, heap allocated for an event', 'allocated', parsers, {
    of: 'millrace',
    type: 'value',
    atMost: 400,
  }),
  memoryRow('heap of a kept event of 256 B, one of 64', 'kept', ['millrace'], {
    of: 'millrace',
    type: 'times',
    than: rival,
    atLeast: 0.95,
  }),
  memoryRow('heap of a kept event of 256 B, one of 64, detach', 'kept', ['millrace, detach'], {
    of: 'millrace, detach',
    type: 'value',
    atMost: 512,
  }),
]

function sizeName(size: Task['size']): string {
  if (size === 'event') return '1 event a chunk'
  return size < 1024 ? `${size} B` : `${size / 1024} KB`
}
