/**
 * How other clients do on the same cases over real sockets, some cases at a time in a process of their own;
 * a case that fails is asked once more, alone.
 *
 *     pnpm rivals            writes docs/rivals.md
 *     pnpm rivals undici     one client, to the terminal
 */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { library } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'
import { chartOf, type Row } from './chart.ts'
import { clients } from './clients/index.ts'

/** A batch takes at most 12 s, and the ends of its cases 2 s each; what takes longer hangs. */
const PATIENCE = 45_000

/** Cases that keep the processor busy, so that others beside them would be late. */
const ALONE: ReadonlySet<string> = new Set(['many-data-lines', 'tiny-lines', 'long-line-small-chunks'])
const TOGETHER = 10

const only = process.argv.slice(2)
const names = Object.keys(clients).filter((name) => only.length === 0 || only.includes(name))
const cases = library.filter(
  ({ view }) => view.options === undefined && view.tokens === undefined && view.request?.method !== 'POST',
)

const verdicts = new Map<string, Verdict>()
for (const client of names) {
  const [alone, together] = [
    cases.filter(({ name }) => ALONE.has(name)),
    cases.filter(({ name }) => !ALONE.has(name)),
  ]
  for (const batch of [...together.keys()].filter((at) => at % TOGETHER === 0)) {
    await judge(
      client,
      together.slice(batch, batch + TOGETHER).map(({ name }) => name),
    )
  }
  // A machine that is busy makes clients late: what has failed in company is asked once more, alone.
  const again = together.filter(({ name }) => verdicts.get(`${client} ${name}`)?.type === 'fail')
  for (const { name } of [...alone, ...again]) await judge(client, [name])
  for (const { name } of cases) {
    const verdict = verdicts.get(`${client} ${name}`) ?? { type: 'skip', why: 'not run' }
    process.stdout.write(`${verdict.type.padEnd(4)} ${client} ${name}${whyOf(verdict)}\n`)
  }
}

const rows = cases.map((named): Row => ({
  named,
  verdicts: names.map(
    (client) => verdicts.get(`${client} ${named.name}`) ?? { type: 'skip', why: 'not run' },
  ),
}))
if (only.length === 0)
  await writeFile(new URL('../../docs/rivals.md', import.meta.url), chartOf(names, rows, new Date()))

/** Runs cases in a process of their own and keeps their verdicts; what has none has hung or brought it down. */
function judge(client: string, batch: readonly string[]): Promise<void> {
  const args = [
    '--conditions=@millrace/source',
    new URL('some.ts', import.meta.url).pathname,
    client,
    ...batch,
  ]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { timeout: PATIENCE, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const last = /^\w*Error.*$/m.exec(stderr)?.[0] ?? error?.message ?? 'no verdict'
        const why = error?.killed === true ? 'hangs' : `the process ends: ${last}`
        for (const name of batch) verdicts.set(`${client} ${name}`, { type: 'fail', why: [why] })
        for (const line of stdout.split('\n').filter((line) => line.startsWith('["'))) {
          const [name, verdict] = JSON.parse(line) as [string, Verdict]
          verdicts.set(`${client} ${name}`, verdict)
        }
        resolve()
      },
    )
  })
}

function whyOf(verdict: Verdict): string {
  if (verdict.type === 'pass') return ''
  return `: ${verdict.type === 'skip' ? verdict.why : verdict.why.join('; ')}`
}
