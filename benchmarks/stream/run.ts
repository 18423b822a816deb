/**
 * Iteration over loopback beside what one would use instead: `pnpm bench stream`, 15 rounds of 200,000 events
 * unless given. Every measurement is a process of its own, rounds are interleaved, ratios are paired by round.
 */
import process from 'node:process'
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import { figuresOf, type Goal } from '../../scripts/figures/figures.ts'
import { startFlood } from '../method/flood.ts'
import { inFreshProcess, type Runtime } from '../method/fresh-process.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { publish } from '../method/publish.ts'
import { contestants } from './contestants.ts'
import type { Answer, Task } from './worker.ts'

const { rounds, events, keep } = argumentsOf({ rounds: 15, events: 200_000 })
const node: Runtime = { name: 'Node', command: process.execPath, args: ['--no-warnings'] }
const worker = new URL('worker.ts', import.meta.url)
const own = 'fetchEventStream'
const batches = 'fetchEventStream, batches()'
const goals: readonly Goal[] = [
  { of: own, type: 'times', than: 'eventsource-client, iterator', atLeast: 1.1 },
  { of: own, type: 'times', than: 'fetch and eventsource-parser by hand', atLeast: 0.85 },
  { of: batches, type: 'times', than: own, atLeast: 1 },
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
const subject = { unit: 'ns per event', baseline: 'eventsource-client, iterator', goals }
const wall = pick(answers, (answer) => answer.wall)
const cpu = pick(answers, (answer) => answer.cpu)
const figures = [
  figuresOf({ name: 'iteration, Node', ...subject }, wall),
  figuresOf({ name: 'iteration, Node, processor time', ...subject }, cpu),
]
publish('client', figures, keep)
