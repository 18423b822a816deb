import { DEFAULT_LIMITS } from '../limits.ts'
import type { Exchange, RecordedRequest, Records } from './records.ts'
import { waitFor, type Waiting } from './waiting.ts'

type Change = Partial<Omit<Exchange, 'request'>>

/** Told when an exchange begins, when its head is sent, and when it is over. */
export type Observe = (exchange: Exchange) => void

/** An exchange that has begun, for the transport that carries it. */
export interface Begun {
  readonly request: RecordedRequest
  /** Records what becomes of it. */
  readonly change: (change: Change) => void
}

/** Options of a `Journal`. */
export interface JournalOptions {
  readonly observe?: Observe
  /** See `Limits`. */
  readonly limit?: number
}

/** What an exchange takes without its texts, roughly, in bytes. */
const BARE = 1024

/**
 * Keeps the records of one scenario, and lets tests wait for what they assert instead of sleeping. Beyond its limit it
 * forgets the oldest exchanges; what it counts, it goes on counting.
 */
export class Journal implements Records {
  #exchanges: Exchange[] = []
  #forgotten = 0
  /** Bytes of the exchanges that are kept, roughly. */
  #size = 0
  #closed = 0
  #aborted = 0
  #bytes = 0
  #preflights = 0
  #taken = 0
  #waiting = new Set<() => void>()
  readonly #observe: Observe
  readonly #limit: number

  constructor({ observe = () => {}, limit = DEFAULT_LIMITS.journal }: JournalOptions = {}) {
    this.#observe = observe
    this.#limit = limit
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

  get forgotten(): number {
    return this.#forgotten
  }

  /** Exchanges that have begun. */
  get begun(): number {
    return this.#forgotten + this.#exchanges.length
  }

  /** Exchanges that are over, in whatever way. */
  get closed(): number {
    return this.#closed
  }

  /** Exchanges that the client ended. */
  get aborted(): number {
    return this.#aborted
  }

  /** Body bytes accepted by all connections together. */
  get bytes(): number {
    return this.#bytes
  }

  /** A copy that can be sent as JSON. */
  records(): Records {
    const { requests, preflights, forgotten } = this
    return { requests, exchanges: [...this.#exchanges], preflights, forgotten }
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
    await this.#seen(`Request ${index + 1}`, ({ begun }) => begun > index, waiting)
    const exchange = this.#exchanges[index - this.#forgotten]
    if (exchange === undefined) throw new RangeError(`Request ${index + 1} is not kept any more.`)
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
    const numbered = { number: this.begun + 1, ...request }
    let exchange: Exchange = { request: numbered, state: 'open', status: null, bytes: 0, gate: null }
    this.#size += sizeOf(numbered)
    this.#exchanges.push(exchange)
    this.#forget()
    this.#changed()
    this.#observe(exchange)
    const change = (change: Change) => {
      const previous = exchange
      exchange = { ...previous, ...change }
      this.#count(previous, exchange)
      const index = numbered.number - 1 - this.#forgotten
      if (index >= 0) this.#exchanges[index] = exchange
      this.#changed()
      if (previous.state !== exchange.state || previous.status !== exchange.status) this.#observe(exchange)
    }
    return { request: numbered, change }
  }

  #count(before: Exchange, now: Exchange): void {
    this.#bytes += now.bytes - before.bytes
    if (before.state === now.state) return
    this.#closed += 1
    if (now.state === 'aborted') this.#aborted += 1
  }

  /** The newest is always kept. */
  #forget(): void {
    while (this.#size > this.#limit && this.#exchanges.length > 1) {
      const oldest = this.#exchanges.shift()
      if (oldest !== undefined) this.#size -= sizeOf(oldest.request)
      this.#forgotten += 1
    }
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

/** Bytes that a request takes, roughly: its texts are mostly ASCII. */
function sizeOf({ url, body, headers }: RecordedRequest): number {
  const fields = Object.entries(headers).map(([name, value]) => name.length + value.length)
  return fields.reduce((sum, size) => sum + size, BARE + url.length + body.length)
}
