/**
 * Iteration over loopback beside what one would use instead: `pnpm bench stream [rounds] [events]`, 15 rounds of
 * 200,000 events unless given; `--record` keeps the figures in docs/results. Every measurement is a process of its
 * own, rounds are interleaved, ratios are paired by round.
 */
import process from 'node:process'
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import type { Goal } from '../../scripts/figures/figures.ts'
import { startFlood } from '../method/flood.ts'
import { inFreshProcess, type Runtime } from '../method/fresh-process.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { record } from '../../scripts/figures/record.ts'
import { report } from '../../scripts/figures/report.ts'
import { contestants } from './contestants.ts'
import type { Answer, Task } from './worker.ts'

const { rounds, events, keep } = argumentsOf({ rounds: 15, events: 200_000 })
const node: Runtime = { name: 'Node', command: process.execPath, args: ['--no-warnings'] }
const worker = new URL('worker.ts', import.meta.url)
const goals: readonly Goal[] = [
  { type: 'times', than: 'eventsource-client, iterator', atLeast: 1.1 },
  { type: 'times', than: 'fetch and eventsource-parser by hand', atLeast: 0.85 },
]
buildPackages()
using flood = await startFlood()

process.stdout.write(`Node ${process.versions.node}, ${new Date().toISOString()}\n`)
const answers = await interleaved(
  { name: 'iteration', contestants: Object.keys(contestants), rounds },
  (contestant) => {
    const task: Task = { contestant, origin: flood.origin, events }
    return inFreshProcess<Answer>(node, worker, task)
  },
)
const unit = 'ns per event'
const batches = 'fetchEventStream, batches()'
const wall = pick(answers, (answer) => answer.wall)
const cpu = pick(answers, (answer) => answer.cpu)
const figures = [
  { name: 'iteration, Node', unit, ours: 'fetchEventStream', goals, found: wall },
  { name: 'iteration, Node, processor time', unit, ours: 'fetchEventStream', goals, found: cpu },
  {
    name: 'batches, Node',
    unit,
    ours: batches,
    goals: [{ type: 'times', than: 'fetchEventStream', atLeast: 1 } satisfies Goal],
    found: wall,
  },
]
for (const each of figures) process.stdout.write(report(each))
if (keep) record(figures)
