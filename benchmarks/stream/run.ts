/**
 * Iteration over loopback beside what one would use instead: `pnpm bench stream [rounds] [events]`, 15 rounds of
 * 200,000 events unless given. Every measurement is a process of its own, rounds are interleaved, ratios are paired
 * by round.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { inFreshProcess, type Runtime } from '../method/fresh-process.ts'
import { endProgress, showProgress } from '../method/progress.ts'
import { compare } from '../method/rounds.ts'
import { table } from '../method/table.ts'
import { contestants } from './contestants.ts'
import type { Answer, Task } from './worker.ts'

const [rounds = 15, events = 200_000] = process.argv.slice(2).map(Number)
const node: Runtime = {
  name: 'Node',
  command: process.execPath,
  args: ['--no-warnings', '--conditions=@millrace/source'],
}
const flood = new URL('../client/flood-server.ts', import.meta.url)
const server = spawn(process.execPath, [flood.pathname], { stdio: ['ignore', 'pipe', 'inherit'] })
const [port] = await once(server.stdout, 'data')
const origin = `http://127.0.0.1:${String(port).trim()}`

try {
  process.stdout.write(`Node ${process.versions.node}, ${new Date().toISOString()}\n`)
  for (const what of ['wall', 'cpu'] as const) {
    const name = `${events} events of 266 B, ${what === 'wall' ? 'by the clock' : 'processor time'}`
    const measure = async (contestant: string) => {
      const task: Task = { contestant, origin, events }
      return (await inFreshProcess<Answer>(node, new URL('worker.ts', import.meta.url), task))[what]
    }
    const names = Object.keys(contestants)
    const comparison = { name, baseline: 'fetchEventStream', contestants: names, measure }
    const result = await compare(comparison, rounds, showProgress)
    endProgress()
    const rows = result.contestants.map(({ contestant, value, ratio }) => [
      contestant,
      `${value.median.toFixed(0)} [${value.low.toFixed(0)}-${value.high.toFixed(0)}]`,
      contestant === result.baseline ? '' : (1 / ratio.median).toFixed(2),
    ])
    process.stdout.write(`\n${name}, ${rounds} rounds\n`)
    process.stdout.write(`${table(['', 'ns per event', 'fetchEventStream is faster by'], rows)}\n`)
  }
} finally {
  server.kill()
}
