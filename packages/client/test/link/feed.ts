import type { Runtime } from '../../src/io/runtime.ts'
import type { Connection } from './connection.ts'
import type { Reply, Seen } from './link.ts'

const heartbeat = 15_000

/** A server with a log of events, all of them replayed from Last-Event-ID, and a comment every 15 s. */
export class FeedServer {
  /** Every event so far; the ID of the first is 1. */
  readonly log: string[] = []
  readonly #runtime: Runtime
  readonly #listeners = new Set<Connection>()
  /** While it is overloaded: Retry-After in seconds. */
  busy: number | null = null

  constructor(runtime: Runtime) {
    this.#runtime = runtime
    this.#beat()
  }

  /** A new event, to everybody. */
  publish(data: string): void {
    this.log.push(data)
    for (const connection of this.#listeners) connection.write(this.#event(this.log.length))
  }

  readonly serve = ({ lastEventId }: Seen, connection: Connection): Reply => {
    if (this.busy !== null) {
      connection.write('try later')
      connection.end()
      return { status: 503, headers: { 'retry-after': String(this.busy), 'content-type': 'text/plain' } }
    }
    connection.onLeft = () => void this.#listeners.delete(connection)
    this.#listeners.add(connection)
    for (let id = Number(lastEventId) + 1; id <= this.log.length; id++) connection.write(this.#event(id))
    return { status: 200 }
  }

  /** Stops and starts: everybody is sent away, politely. */
  restart(): void {
    for (const connection of this.#listeners) connection.end()
    this.#listeners.clear()
  }

  #event(id: number): string {
    return `id: ${id}\ndata: ${this.log[id - 1] ?? ''}\n\n`
  }

  #beat(): void {
    for (const connection of this.#listeners) connection.write(': still here\n\n')
    this.#runtime.sleep(heartbeat, () => this.#beat(), true)
  }
}
