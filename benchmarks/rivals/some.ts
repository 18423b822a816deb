/**
 * One client, some cases at a time, in a process of their own: a client that brings it down takes no other
 * client along. Says each verdict in a line of JSON.
 */
import process from 'node:process'
import { named } from '@millrace/test-server'
import type { Client } from '../../test/faults/client.ts'
import { halls } from '../../test/faults/stands.ts'
import { run, skipped, type Trial, type Verdict } from '../../test/faults/trial.ts'
import { clients } from './clients/index.ts'

const [name = '', ...cases] = process.argv.slice(2)
const client = await clientNamed(name)
const hall = halls.socket()

const running = await Promise.all(cases.map(async (one) => ({ one, trial: await started(one) })))
await hall.linger()
for (const { one, trial } of running) say(one, 'finish' in trial ? await trial.finish() : trial)
process.exit(0)

/** Codes of errors are our own; what rivals are asked is what they deliver, request and do at the end. */
async function started(one: string) {
  const { view, ...rest } = named(one)
  const { code: _code, ...common } = view
  const trial: Trial = { client, named: { ...rest, view: common }, transport: 'socket' }
  const why = skipped(trial)
  return why === null ? run(trial, hall) : ({ type: 'skip', why } as const)
}

async function clientNamed(name: string): Promise<Client> {
  const load = clients[name]
  if (load === undefined) throw new RangeError(`No client is named ${name}.`)
  return load()
}

function say(name: string, verdict: Verdict): void {
  process.stdout.write(`${JSON.stringify([name, verdict])}\n`)
}
