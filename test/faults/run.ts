/**
 * Every named scenario against both of our clients, over every transport that can show it: one line a case,
 * a count at the end. `pnpm test:faults`, with a part of a name to run some: `pnpm test:faults retry-`.
 */
import { library, type Transport } from '@millrace/test-server'
import { ourClients } from './our-clients.ts'
import { runAll } from './run-all.ts'

const TRANSPORTS: readonly Transport[] = ['socket', 'msw', 'fetch']
const part = process.argv[2] ?? ''
const over = process.argv[3]
const scenarios = library.filter(({ name }) => name.includes(part))
const { failed } = await runAll(
  ourClients,
  scenarios,
  TRANSPORTS.filter((transport) => over === undefined || transport === over),
  (line) => process.stdout.write(`${line}\n`),
)
process.exitCode = failed > 0 ? 1 : 0
