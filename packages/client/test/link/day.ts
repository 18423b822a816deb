import { virtualTime } from '../../src/testing/virtual-time.ts'
import type { Runtime } from '../../src/io/runtime.ts'
import { Chance } from '../support/chance.ts'
import { FeedServer } from './feed.ts'
import { Link } from './link.ts'
import { troubles, type App } from './troubles.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** What reads over that network, in that time, and calls `hear` for each event. */
export type Reader = (link: Link, runtime: Runtime, hear: (data: string) => void) => App

/** How much happens. Times are the shortest and the longest, in seconds. */
export interface Plan {
  readonly hours: number
  /** Between events of the server. */
  readonly events: readonly [number, number]
  /** Between the end of a trouble and the next one. */
  readonly calm: readonly [number, number]
  /** Ends the answer, when all is over. */
  readonly terminator?: string
}

/** A day of a subscription. */
export const feed: Plan = { hours: 24, events: [1, 60], calm: [60, 600] }

/** A long answer, and a network that is hardly ever there. */
export const answer: Plan = { hours: 2, events: [1, 4], calm: [20, 120], terminator: '[DONE]' }

export interface Day {
  readonly sent: readonly string[]
  readonly heard: readonly string[]
  readonly troubles: Readonly<Record<string, number>>
  /** Calls of `fetch`. */
  readonly attempts: number
  /** Methods of the requests that reached the server. */
  readonly methods: readonly string[]
}

/** So many hours over a bad network, then ten fair minutes. All that happens comes from the seed. */
export async function day(seed: number, plan: Plan, read: Reader): Promise<Day> {
  // The weather is the same whatever the client throws dice for.
  const chance = new Chance(seed)
  const dice = new Chance(seed + 1)
  const time = virtualTime({ random: () => dice.next() })
  const { runtime } = time
  const server = new FeedServer(runtime)
  const link = new Link(runtime, new Chance(seed + 2), server.serve)
  const counts: Record<string, number> = {}
  const heard: string[] = []
  let on = true

  const later = (seconds: number, what: () => void) => {
    runtime.sleep(seconds * second, () => on && what(), true)
  }
  const publish = () => {
    for (let burst = chance.between(1, 3); burst > 0; burst--)
      server.publish(`läuft ${server.log.length + 1} 🌊`)
    later(chance.between(...plan.events), publish)
  }
  const happen = () => {
    const { name, begin, end } = chance.pick(troubles)
    counts[name] = (counts[name] ?? 0) + 1
    begin(link, server, app)
    const over = () => {
      end?.(link, server)
      later(chance.between(...plan.calm), happen)
    }
    runtime.sleep(chance.between(1, 120) * second, over, true)
  }

  const app = read(link, runtime, (data) => heard.push(data))
  publish()
  later(60, happen)
  await time.advance(plan.hours * hour)
  on = false
  await time.advance(5 * minute)
  const sent = [...server.log]
  if (plan.terminator !== undefined) server.publish(plan.terminator)
  await time.advance(5 * minute)
  app.close()
  const methods = link.requests.map(({ method }) => method)
  return { sent, heard, troubles: counts, attempts: link.calls.length, methods }
}
