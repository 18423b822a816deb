import { inFreshProcess } from '../method/fresh-process.ts'
import { runtimes } from '../method/runtimes.ts'
import type { Comparison } from '../method/compare.ts'
import type { MemoryTask } from './memory-worker.ts'
import type { Task } from './worker.ts'

const rival = 'eventsource-parser 4'
const parsers = ['millrace', 'eventsource-parser 3', 'undici', 'fetch-event-source']
const worker = new URL('worker.ts', import.meta.url)
const memoryWorker = new URL('memory-worker.ts', import.meta.url)

/** A comparison, and what is asked of millrace: a ratio, at least, or a value, at most. */
export interface Row extends Comparison {
  unit: 'ns' | 'B'
  must?: number | undefined
  most?: number | undefined
}

interface Plan {
  runtime?: string
  workload: string
  size: Task['size']
  must?: number
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
  { workload: 'W8', size: 16_384 },
  { workload: 'W9', size: 1 },
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

const timeRows: readonly Row[] = plans.map((plan): Row => {
  const { runtime = 'Node 24', workload, size, must, contestants = ['millrace'], baseline = rival } = plan
  const pipeline = baseline === rival ? '' : ' over a Response'
  return {
    name: `${workload}, ${sizeName(size)}${pipeline}, ${runtime}`,
    baseline,
    contestants,
    unit: 'ns',
    must,
    measure: (contestant) => {
      const start = runtimes[runtime]
      if (start === undefined) throw new RangeError(`There is no runtime ${runtime}`)
      return inFreshProcess<number>(start(), worker, { contestant, workload, size } satisfies Task)
    },
  }
})

const roomy = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256']

function memoryRow(
  name: string,
  what: MemoryTask['what'],
  contestants: readonly string[],
  most?: number,
): Row {
  return {
    name: `${name}, Node 24`,
    baseline: rival,
    contestants,
    unit: 'B',
    most,
    measure: (contestant) => {
      const start = runtimes['Node 24']
      if (start === undefined) throw new RangeError('There is no runtime Node 24')
      return inFreshProcess<number>(start(), memoryWorker, { contestant, what } satisfies MemoryTask, roomy)
    },
  }
}

/** Every comparison of `pnpm bench parser`. */
export const suite: readonly Row[] = [
  ...timeRows,
  memoryRow('W1, 16 KB, heap allocated for an event', 'allocated', parsers, 400),
  memoryRow('heap of a kept event of 256 B, one of 64', 'kept', ['millrace']),
  memoryRow('heap of a kept event of 256 B, one of 64, detach', 'kept', ['millrace, detach'], 512),
]

function sizeName(size: Task['size']): string {
  if (size === 'event') return '1 event a chunk'
  return size < 1024 ? `${size} B` : `${size / 1024} KB`
}
