import type { Chance } from '../support/chance.ts'
import type { Connection } from '../link/connection.ts'
import type { Reply, Seen } from '../link/link.ts'

/** What becomes of a request. `short`: a clean end before its time. `silent`: nothing arrives any more. */
const fates = ['served', 'busy', 'cut', 'short', 'silent'] as const
type Fate = (typeof fates)[number]

interface Served {
  readonly method: string
  readonly fate: Fate
}

/** A server of numbered events that goes on after Last-Event-ID. Its first replies go wrong in all ways, later ones do not. */
export class NumberServer {
  readonly requests: Served[] = []
  readonly connections: Connection[] = []
  /** All of its events, terminator and all. */
  readonly blocks: readonly string[]
  readonly #chance: Chance
  readonly #troubles: number

  /** `terminator`: what follows the events; without one the server says by a 204 that there are no more. */
  constructor(chance: Chance, events: number, terminator: string | null) {
    const numbered = Array.from({ length: events }, (_, n) => `id: ${n}\ndata: ${n}\n\n`)
    this.blocks = terminator === null ? numbered : [...numbered, terminator]
    this.#chance = chance
    this.#troubles = chance.between(0, 4)
  }

  readonly serve = ({ method, lastEventId }: Seen, connection: Connection): Reply => {
    const fate = this.requests.length < this.#troubles ? this.#chance.pick(fates) : 'served'
    this.requests.push({ method, fate })
    this.connections.push(connection)
    const rest = this.blocks.slice(lastEventId === '' ? 0 : Number(lastEventId) + 1).join('')
    if (fate === 'busy' || rest === '') {
      connection.end()
      return fate === 'busy' ? { status: 503, headers: { 'retry-after': '1' } } : { status: 204 }
    }
    connection.write(fate === 'short' ? rest.slice(0, this.#chance.between(0, rest.length - 1)) : rest)
    if (fate === 'cut') connection.reset()
    else if (fate === 'silent') connection.fallSilent()
    else connection.end()
    return { status: 200 }
  }
}
