import type { RequestFacts } from '../scenario/choose.ts'
import { waitFor, type Waiting } from './waiting.ts'

/** A request as it arrived. */
export interface RecordedRequest extends RequestFacts {
  /** Path and query. */
  readonly url: string
  /** The body as text. */
  readonly body: string
  /** When it came, in ms since the epoch by the transport's clock. */
  readonly at: number
}

/**
 * How an exchange stands. `aborted`: the client went away first. `dropped`: the server dropped it by a
 * limit. The others are the endings of a scenario.
 */
export type ExchangeState = 'open' | 'end' | 'reset' | 'fin' | 'aborted' | 'dropped'

/** One request and what became of its reply. */
export interface Exchange {
  readonly request: RecordedRequest
  readonly state: ExchangeState
  /** Status of the reply; null before the head is sent. */
  readonly status: number | null
  /** Bytes of the body (before compression) that the connection has accepted. */
  readonly bytes: number
  /** Name of the gate that the reply waits at. */
  readonly gate: string | null
}

/** What a scenario has seen, as plain data. */
export interface Records {
  readonly requests: readonly RecordedRequest[]
  readonly exchanges: readonly Exchange[]
  /** CORS preflights; they are no requests of the scenario. */
  readonly preflights: number
}

type Change = Partial<Omit<Exchange, 'request'>>

/** Told when an exchange begins, when its head is sent, and when it is over. */
export type Observe = (exchange: Exchange) => void

/** An exchange that has begun, for the transport that carries it. */
export interface Begun {
  readonly request: RecordedRequest
  /** Records what becomes of it. */
  readonly change: (change: Change) => void
}

/** Keeps the records of one scenario, and lets tests wait for what they assert instead of sleeping. */
export class Journal implements Records {
  #exchanges: Exchange[] = []
  #preflights = 0
  #taken = 0
  #waiting = new Set<() => void>()
  readonly #observe: Observe

  constructor(observe: Observe = () => {}) {
    this.#observe = observe
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges
  }

  get requests(): readonly RecordedRequest[] {
    return this.#exchanges.map(({ request }) => request)
  }

  get preflights(): number {
    return this.#preflights
  }

  /** Exchanges that are over, in whatever way. */
  get closed(): number {
    return this.#exchanges.filter(({ state }) => state !== 'open').length
  }

  /** Exchanges that the client ended. */
  get aborted(): number {
    return this.#exchanges.filter(({ state }) => state === 'aborted').length
  }

  /** Body bytes accepted by all connections together. */
  get bytes(): number {
    return this.#exchanges.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** A copy that can be sent as JSON. */
  records(): Records {
    return { requests: this.requests, exchanges: [...this.#exchanges], preflights: this.#preflights }
  }

  /** Resolves to true as soon as the condition holds, which is checked at every change; to false if the signal aborts first. Rejects with what the condition throws. */
  until(condition: (journal: Journal) => boolean, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(check)
        signal?.removeEventListener('abort', late)
      }
      const late = () => {
        leave()
        resolve(false)
      }
      const check = () => {
        try {
          if (!condition(this)) return
          resolve(true)
        } catch (error) {
          // Whoever waits is told, not the exchange that happened to change.
          reject(error)
        }
        leave()
      }
      this.#waiting.add(check)
      signal?.addEventListener('abort', late)
      check()
      if (signal?.aborted) late()
    })
  }

  /** The next request that no earlier call has given out. @throws {WaitTimeoutError} when it does not come `within` 4 s */
  async nextRequest(waiting?: Waiting): Promise<RecordedRequest> {
    const index = this.#taken
    this.#taken += 1
    await this.#seen(`Request ${index + 1}`, ({ exchanges }) => exchanges.length > index, waiting)
    const exchange = this.#exchanges[index]
    if (exchange === undefined) throw new RangeError(`Request ${index + 1} is not in the journal.`)
    return exchange.request
  }

  /** Resolves when so many exchanges are over. @throws {WaitTimeoutError} when they are not `within` 4 s */
  async whenClosed(count = 1, waiting?: Waiting): Promise<void> {
    const what = count === 1 ? 'The end of an exchange' : `The end of ${count} exchanges`
    await this.#seen(what, ({ closed }) => closed >= count, waiting)
  }

  /** Resolves when a reply waits at the gate. @throws {WaitTimeoutError} when none does `within` 4 s */
  async whenAt(gate: string, waiting?: Waiting): Promise<void> {
    const isThere = ({ exchanges }: Records) => exchanges.some((exchange) => exchange.gate === gate)
    await this.#seen(`A reply at gate ${JSON.stringify(gate)}`, isThere, waiting)
  }

  #seen(what: string, condition: (journal: Journal) => boolean, waiting: Waiting = {}): Promise<void> {
    return waitFor(what, this, waiting, (late) => this.until(condition, late))
  }

  /** For transports: a request has arrived. Gives the function that records what becomes of it. */
  begin(request: Omit<RecordedRequest, 'number'>): Begun {
    const index = this.#exchanges.length
    const numbered = { number: index + 1, ...request }
    let exchange: Exchange = { request: numbered, state: 'open', status: null, bytes: 0, gate: null }
    const set = (next: Exchange) => {
      const previous = this.#exchanges[index]
      exchange = next
      this.#exchanges[index] = next
      this.#changed()
      if (previous?.state !== next.state || previous.status !== next.status) this.#observe(next)
    }
    set(exchange)
    return { request: numbered, change: (change) => set({ ...exchange, ...change }) }
  }

  /** For transports: a CORS preflight was answered. */
  preflight(): void {
    this.#preflights += 1
    this.#changed()
  }

  #changed(): void {
    for (const check of this.#waiting) check()
  }
}
