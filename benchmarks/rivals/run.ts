/**
 * How other clients do on the same cases over real sockets, some cases at a time in a process of their own.
 * Writes docs/results/rivals.json and docs/results/rivals.md.
 *
 *     pnpm rivals            all of them
 *     pnpm rivals undici     one; what is known of the others stays
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { library } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'
import { clients, packageOf } from './clients/index.ts'
import type { ClientResults } from './client-results.ts'
import { readResults, writeResults } from './results.ts'

/** A batch takes at most 12 s, and the ends of its cases 2 s each; what takes longer hangs. */
const PATIENCE = 45_000
const TOGETHER = 10
/** Cases that keep the processor busy, so that others beside them would be late. */
const ALONE: ReadonlySet<string> = new Set(['many-data-lines', 'tiny-lines', 'long-line-small-chunks'])

const cases = library.filter(
  ({ view }) => view.options === undefined && view.tokens === undefined && view.request?.method !== 'POST',
)
const only = process.argv.slice(2)
for (const client of Object.keys(clients).filter((name) => only.length === 0 || only.includes(name))) {
  const verdicts = await verdictsOf(client)
  for (const [name, verdict] of Object.entries(verdicts)) {
    process.stdout.write(`${verdict.type.padEnd(4)} ${client} ${name}${whyOf(verdict)}\n`)
  }
  const found: ClientResults = {
    package: await packageOf(client),
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    verdicts,
  }
  await writeResults({ ...(await readResults()), [client]: found }, cases)
}

async function verdictsOf(client: string): Promise<Record<string, Verdict>> {
  const names = cases.map(({ name }) => name)
  const together = names.filter((name) => !ALONE.has(name))
  const found: Record<string, Verdict> = {}
  for (let at = 0; at < together.length; at += TOGETHER) {
    Object.assign(found, await judge(client, together.slice(at, at + TOGETHER)))
  }
  for (const name of names.filter((name) => ALONE.has(name) || mayBeLate(found[name]))) {
    Object.assign(found, await judge(client, [name]))
  }
  return found
}

/** A busy machine makes clients late; it makes none of them come too soon. */
function mayBeLate(verdict: Verdict | undefined): boolean {
  return verdict?.type === 'fail' && !verdict.why.some((why) => why.endsWith('is the least'))
}

/** Runs cases in a process of their own; what has no verdict then has hung, or brought it down. */
function judge(client: string, batch: readonly string[]): Promise<Record<string, Verdict>> {
  const args = ['--conditions=@millrace/source', join(import.meta.dirname, 'some.ts'), client, ...batch]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { timeout: PATIENCE, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const last = /^\w*Error.*$/m.exec(stderr)?.[0] ?? error?.message ?? 'no verdict'
        const why = error?.killed === true ? 'hangs' : `the process ends: ${last}`
        const lines = stdout.split('\n').filter((line) => line.startsWith('["'))
        resolve({
          ...Object.fromEntries(batch.map((name): [string, Verdict] => [name, { type: 'fail', why: [why] }])),
          ...Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, Verdict])),
        })
      },
    )
  })
}

function whyOf(verdict: Verdict): string {
  if (verdict.type === 'pass') return ''
  return `: ${verdict.type === 'skip' ? verdict.why : verdict.why.join('; ')}`
}
