/**
 * How other clients do on the same cases: each case in a process of its own over a real socket.
 *
 *     pnpm rivals            writes docs/rivals.md
 *     pnpm rivals undici     one client, to the terminal
 */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { library } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'
import { chartOf, type Row } from './chart.ts'
import { clients } from './clients/index.ts'

/** A case takes at most 12 s and its end 2 s; what takes longer hangs. */
const PATIENCE = 20_000
/** Most of the time is spent waiting for reconnections. */
const AT_A_TIME = availableParallelism() * 4

const only = process.argv.slice(2)
const names = Object.keys(clients).filter((name) => only.length === 0 || only.includes(name))
const cases = library.filter(({ view }) => view.options === undefined && view.request?.method !== 'POST')

const queue = names.flatMap((client) => cases.map((one) => ({ client, name: one.name })))
const verdicts = new Map<string, Verdict>()
const worker = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const verdict = await judged(next.client, next.name)
    verdicts.set(`${next.client} ${next.name}`, verdict)
    process.stdout.write(`${verdict.type.padEnd(4)} ${next.client} ${next.name}${whyOf(verdict)}\n`)
  }
}
await Promise.all(Array.from({ length: AT_A_TIME }, worker))

const rows = cases.map((named): Row => ({
  named,
  verdicts: names.map(
    (client) => verdicts.get(`${client} ${named.name}`) ?? { type: 'skip', why: 'not run' },
  ),
}))
if (only.length === 0)
  await writeFile(new URL('../../docs/rivals.md', import.meta.url), chartOf(names, rows, new Date()))

function judged(client: string, name: string): Promise<Verdict> {
  const args = ['--conditions=@millrace/source', new URL('one.ts', import.meta.url).pathname, client, name]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { timeout: PATIENCE, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const line = stdout.split('\n').findLast((line) => line.startsWith('["'))
        if (line !== undefined) return resolve((JSON.parse(line) as [string, Verdict])[1])
        const last = /^\w*Error.*$/m.exec(stderr)?.[0] ?? error?.message ?? 'no verdict'
        resolve({ type: 'fail', why: [error?.killed === true ? 'hangs' : `the process ends: ${last}`] })
      },
    )
  })
}

function whyOf(verdict: Verdict): string {
  if (verdict.type === 'pass') return ''
  return `: ${verdict.type === 'skip' ? verdict.why : verdict.why.join('; ')}`
}
