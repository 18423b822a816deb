import type { Runtime } from '../../src/io/runtime.ts'
import type { Chance } from '../support/chance.ts'
import { Connection } from './connection.ts'

export interface Seen {
  readonly method: string
  readonly lastEventId: string
  /** Monotonic ms at which it reached the server. */
  readonly at: number
}

/** What the server does with a request that reaches it. */
export type Serve = (request: Seen, connection: Connection) => Reply

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/** What happens to new connections. */
export type Weather = 'fair' | 'refusing' | 'hanging'

/** A model network with a latency in ms: `fetch` goes in at one end, `serve` stands at the other. */
export class Link {
  weather: Weather = 'fair'
  /** Of all that reached the server. */
  readonly requests: Seen[] = []
  /** Monotonic ms of every call of `fetch`, whether it got through or not. */
  readonly calls: number[] = []
  readonly connections: Set<Connection> = new Set()
  readonly #runtime: Runtime
  readonly #chance: Chance
  readonly #serve: Serve
  readonly #latency: number

  constructor(runtime: Runtime, chance: Chance, serve: Serve, latency = 40) {
    this.#runtime = runtime
    this.#chance = chance
    this.#serve = serve
    this.#latency = latency
  }

  readonly fetch: typeof globalThis.fetch = (_url, init = {}) => {
    this.calls.push(this.#runtime.now())
    const { signal } = init
    const connection = new Connection(this.#runtime, this.#chance, this.#latency)
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        connection.leave()
        reject(signal.reason)
      })
      this.#travel(() => {
        if (!connection.open || this.weather === 'hanging') return
        if (this.weather === 'refusing') return reject(refused())
        const reply = this.#answer(init, connection)
        this.#travel(() => resolve(response(reply, connection)))
      })
    })
  }

  #answer(init: RequestInit, connection: Connection): Reply {
    const headers = new Headers(init.headers)
    const request: Seen = {
      method: init.method ?? 'GET',
      lastEventId: headers.get('last-event-id') ?? '',
      at: this.#runtime.now(),
    }
    this.requests.push(request)
    this.connections.add(connection)
    const reply = this.#serve(request, connection)
    const { onLeft } = connection
    connection.onLeft = () => {
      this.connections.delete(connection)
      onLeft()
    }
    return reply
  }

  #travel(arrive: () => void): void {
    this.#runtime.sleep(this.#latency * (1 + this.#chance.next()), arrive, true)
  }
}

function refused(): TypeError {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  return new TypeError('fetch failed', { cause })
}

function response({ status, headers = {} }: Reply, connection: Connection): Response {
  const body = status === 204 ? null : connection.body
  return new Response(body, { status, headers: { 'content-type': 'text/event-stream', ...headers } })
}
