import { limitsOf, type NamedScenario, type Transport } from '@millrace/test-server'
import type { Client, Session } from './client.ts'
import { differences, isOver } from './judge.ts'
import type { Hall, Stand } from './stands.ts'

/** What came of one case. */
export type Verdict =
  | { readonly type: 'pass' }
  | { readonly type: 'fail'; readonly why: readonly string[] }
  | { readonly type: 'skip'; readonly why: string }

/** One client, one scenario, one transport. */
export interface Trial {
  readonly client: Client
  readonly named: NamedScenario
  readonly transport: Transport
}

/** A trial that has seen all it waited for and goes on, so that what comes too much is seen later. */
export interface Running {
  /** Judges, stops the client and the scenario. */
  finish(): Promise<Verdict>
}

/** Longest a trial may take, in ms. */
const PATIENCE = 12_000

/** Why the trial cannot be, or null. */
export function skipped({ client, named, transport }: Trial): string | null {
  return limitsOf(named.scenario, transport)[0] ?? client.cannot(named.view, transport)
}

/** Starts a trial and waits until its view has come about, or the patience is over. */
export async function run({ client, named: { name, scenario, view } }: Trial, hall: Hall): Promise<Running> {
  const stand = await hall.stand(scenario, `${client.name}/${name}`)
  const names = [...new Set(view.events.map(([type]) => type))]
  const session = client.start({ ...stand, url: stand.playing.url, view, names })
  const late = performance.now() + PATIENCE
  while (!isOver(session, view, stand.playing.requests.length) && performance.now() < late) await stand.pass()
  return { finish: () => finish(session, stand, view) }
}

async function finish(session: Session, stand: Stand, view: NamedScenario['view']): Promise<Verdict> {
  await stand.linger()
  const why = [...differences(session, view, stand.playing.exchanges)]
  session.stop()
  const left = performance.now() + 2000
  const open = () => stand.playing.exchanges.filter(({ state }) => state === 'open').length
  while (open() > 0 && performance.now() < left) await stand.pass()
  if (open() > 0) why.push(`${open()} connections are open after the client was stopped`)
  await stand.close()
  return why.length === 0 ? { type: 'pass' } : { type: 'fail', why }
}
