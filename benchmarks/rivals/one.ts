/** One client, some cases, in a process of their own: a client that brings it down takes no other along. */
import process from 'node:process'
import { named } from '@millrace/test-server'
import { halls } from '../../test/faults/stands.ts'
import { run, skipped, type Trial, type Verdict } from '../../test/faults/trial.ts'
import { clients } from './clients/index.ts'

const [name = '', ...cases] = process.argv.slice(2)
const client = await clients[name]?.()
if (client === undefined) throw new RangeError(`No client is named ${name}.`)
const say = (name: string, verdict: Verdict) => process.stdout.write(`${JSON.stringify([name, verdict])}\n`)
for (const one of cases) {
  // Codes of errors are our own; what rivals are asked is what they deliver, request and do at the end.
  const { view, ...rest } = named(one)
  const { code: _code, ...common } = view
  const trial: Trial = { client, named: { ...rest, view: common }, transport: 'socket' }
  const why = skipped(trial)
  if (why !== null) say(one, { type: 'skip', why })
  else {
    const hall = halls.socket()
    const running = await run(trial, hall)
    await hall.linger()
    say(one, await running.finish())
  }
}
process.exit(0)
