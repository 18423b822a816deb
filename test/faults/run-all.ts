import type { NamedScenario, Transport } from '@millrace/test-server'
import type { Client } from './client.ts'
import { halls } from './stands.ts'
import { run, skipped, type Running, type Trial, type Verdict } from './trial.ts'

export interface Result extends Trial {
  readonly verdict: Verdict
}

export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly results: readonly Result[]
}

/** Trials at a time: most of them wait for a reconnection, few for the processor. */
const AT_A_TIME = 12

/** Runs everything, transport by transport, and tells each case in one line. */
export async function runAll(
  clients: readonly Client[],
  scenarios: readonly NamedScenario[],
  transports: readonly Transport[],
  say: (line: string) => void,
): Promise<Totals> {
  const results: Result[] = []
  for (const transport of transports) {
    const trials = clients.flatMap((client) =>
      scenarios.map((named): Trial => ({ client, named, transport })),
    )
    for (const result of await runOver(transport, trials)) {
      results.push(result)
      say(lineOf(result))
    }
  }
  const count = (type: Verdict['type']) => results.filter(({ verdict }) => verdict.type === type).length
  const totals = { passed: count('pass'), failed: count('fail'), skipped: count('skip'), results }
  say(
    `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} cannot be shown; ${results.length} cases`,
  )
  return totals
}

async function runOver(transport: Transport, trials: readonly Trial[]): Promise<readonly Result[]> {
  const hall = halls[transport]()
  const running: { trial: Trial; run: Running }[] = []
  const queue = trials.filter((trial) => skipped(trial) === null)
  const worker = async () => {
    for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
      running.push({ trial, run: await run(trial, hall) })
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  await hall.linger()
  const verdicts = new Map<Trial, Verdict>()
  for (const { trial, run } of running) verdicts.set(trial, await run.finish())
  hall.close()
  return trials.map((trial) => ({
    ...trial,
    verdict: verdicts.get(trial) ?? { type: 'skip', why: skipped(trial) ?? '' },
  }))
}

function lineOf({ client, named, transport, verdict }: Result): string {
  const what = `${transport.padEnd(6)} ${client.name.padEnd(18)} ${named.name}`
  switch (verdict.type) {
    case 'pass':
      return `ok    ${what}`
    case 'skip':
      return `-     ${what}: ${verdict.why}`
    case 'fail':
      return `FAIL  ${what}: ${verdict.why.join('; ')}`
  }
}
