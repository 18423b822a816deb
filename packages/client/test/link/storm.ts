import { EventSource } from '@millrace/client'
import { virtualTime } from '../../src/testing/virtual-time.ts'
import { Chance } from '../support/chance.ts'
import { FeedServer } from './feed.ts'
import { Link } from './link.ts'

/** How everybody loses the connection at once. */
export type Blow = 'reset' | 'restart'

export interface Storm {
  /** Share of the clients in the busiest 100 ms of their return. */
  readonly busiest: number
  readonly clients: number
  readonly back: number
}

const clients = 500

/** All clients are on one server, with the defaults of the class; a blow hits them `after` ms, and nothing is refused. */
export async function storm(seed: number, blow: Blow, after: number): Promise<Storm> {
  const dice = new Chance(seed)
  const time = virtualTime({ random: () => dice.next() })
  const server = new FeedServer(time.runtime)
  const link = new Link(time.runtime, new Chance(seed + 1), server.serve)
  const sources = Array.from(
    { length: clients },
    () => new EventSource('http://feed.example/', { runtime: time.runtime, fetch: link.fetch }),
  )
  await time.advance(200)
  server.publish('one event for everybody')
  await time.advance(after - 200)
  const struck = link.requests.length
  if (blow === 'restart') server.restart()
  else for (const connection of link.connections) connection.reset()
  await time.advance(20_000)
  const returns = link.requests.slice(struck).map(({ at }) => at)
  for (const source of sources) source.close()
  return { busiest: busiest(returns, 100) / clients, clients: struck, back: returns.length }
}

/** The most of these moments that lie within so many ms. */
export function busiest(moments: readonly number[], span: number): number {
  const sorted = moments.toSorted((a, b) => a - b)
  let most = 0
  let start = 0
  for (const [end, moment] of sorted.entries()) {
    while (moment - (sorted[start] ?? moment) >= span) start++
    most = Math.max(most, end - start + 1)
  }
  return most
}
