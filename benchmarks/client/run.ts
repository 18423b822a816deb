/**
 * The client beside its rivals, over loopback: `pnpm bench client [rounds] [events]`, 15 rounds of 200,000 events
 * unless given. Every measurement is a process of its own, rounds are interleaved, ratios are paired by round.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { inFreshProcess, type Runtime } from '../method/fresh-process.ts'
import { endProgress, showProgress } from '../method/progress.ts'
import { compare, type ComparisonResult } from '../method/rounds.ts'
import { table } from '../method/table.ts'
import type { Task } from './worker.ts'

const [rounds = 15, events = 200_000] = process.argv.slice(2).map(Number)
const classes = ['EventSource', 'eventsource 5', 'undici EventSource', 'bare fetch']
const node: Runtime = { name: 'Node', command: process.execPath, args: ['--expose-gc', '--no-warnings'] }

const server = spawn(process.execPath, [new URL('flood-server.ts', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [port] = await once(server.stdout, 'data')
const origin = `http://127.0.0.1:${String(port).trim()}`

type Answer = { readonly wall: number; readonly cpu: number }

function ask(question: Task['question'], count: number, what: keyof Answer) {
  return async (contestant: string) => {
    const task: Task = { contestant, question, origin, count }
    return (await inFreshProcess<Answer>(node, new URL('worker.ts', import.meta.url), task))[what]
  }
}

/** A ratio above 1: the class is better than this one. */
function show(result: ComparisonResult, unit: string, digits: number): void {
  const own = result.contestants.find(({ contestant }) => contestant === result.baseline)
  const rows = result.contestants.map(({ contestant, value, ratio }) => [
    contestant,
    `${value.median.toFixed(digits)} [${value.low.toFixed(digits)}-${value.high.toFixed(digits)}]`,
    contestant === own?.contestant ? '' : `${(1 / ratio.median).toFixed(2)}`,
  ])
  process.stdout.write(`\n${result.name}, ${result.rounds} rounds\n`)
  process.stdout.write(`${table(['', unit, 'EventSource is better by'], rows)}\n`)
}

try {
  process.stdout.write(`Node ${process.versions.node}, ${new Date().toISOString()}\n`)
  const common = { baseline: 'EventSource', contestants: classes }
  const flood = `flood of ${events} events of 266 B`
  const measured = [
    { name: flood, question: 'flood', count: events, what: 'wall', unit: 'ns per event', digits: 0 },
    {
      name: `${flood}, processor time`,
      question: 'flood',
      count: events,
      what: 'cpu',
      unit: 'ns per event',
      digits: 0,
    },
    {
      name: 'process start to first event',
      question: 'first-event',
      count: 1,
      what: 'wall',
      unit: 'ms',
      digits: 1,
    },
    {
      name: 'heap of an idle connection',
      question: 'idle-heap',
      count: 1000,
      what: 'wall',
      unit: 'bytes',
      digits: 0,
    },
  ] as const
  for (const { name, question, count, what, unit, digits } of measured) {
    const times = question === 'idle-heap' ? Math.min(3, rounds) : rounds
    const result = await compare(
      { name, ...common, measure: ask(question, count, what) },
      times,
      showProgress,
    )
    endProgress()
    show(result, unit, digits)
  }
} finally {
  server.kill()
}
