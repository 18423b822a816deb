import { createGzip, constants, type Gzip } from 'node:zlib'
import type { Exchange } from '../journal/records.ts'
import type { Sink } from '../perform.ts'
import type { Head } from '../scenario/action.ts'
import type { Ending, HeaderFields } from '../scenario/types.ts'
import { after } from '../timer.ts'
import type { Wire } from './wire.ts'

export interface SinkOptions {
  readonly wire: Wire
  readonly change: (change: Partial<Omit<Exchange, 'request'>>) => void
  /** Sent with every reply; the scenario's own headers win. */
  readonly headers: Readonly<Record<string, string>>
  /** Time in ms that one write may wait for its reader. */
  readonly stalled: number
}

/** Sends a reply over a real connection, down to its reset. */
export class SocketSink implements Sink {
  readonly #options: SinkOptions
  readonly #gone = new AbortController()
  #bytes = 0
  #gzip: Gzip | undefined

  constructor(options: SinkOptions) {
    this.#options = options
    const stopListening = options.wire.onClose(() => this.#close('aborted'))
    this.gone.addEventListener('abort', stopListening)
  }

  get gone(): AbortSignal {
    return this.#gone.signal
  }

  inform(status: number, fields: HeaderFields): void {
    this.#options.wire.inform(status, fields)
  }

  head(head: Head): void {
    const { wire, headers } = this.#options
    wire.head({ ...head, headers: { ...headers, ...head.headers } })
    if (!head.gzip) return
    this.#gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
    this.#gzip.on('data', (chunk: Buffer) => wire.write(chunk, () => {}))
  }

  async write(piece: Uint8Array): Promise<void> {
    const { wire, change } = this.#options
    const gzip = this.#gzip
    await this.#accepted((done) => {
      if (gzip === undefined) wire.write(piece, done)
      else gzip.write(piece, () => wire.write(NOTHING, done))
    })
    if (this.gone.aborted) return
    this.#bytes += piece.length
    change({ bytes: this.#bytes })
  }

  raw(piece: Uint8Array): Promise<void> {
    return this.#accepted((done) => this.#options.wire.raw(piece, done))
  }

  async finish(by: Ending, whole: boolean): Promise<void> {
    if (by === 'end' && whole && this.#gzip !== undefined) await endOf(this.#gzip)
    // The state is set before the end goes out: whoever has read the end finds it in the journal.
    this.#close(by)
    this.#options.wire[by]()
  }

  drop(): void {
    this.#close('dropped')
    this.#options.wire.reset()
  }

  #close(state: Exchange['state']): void {
    if (this.gone.aborted) return
    this.#options.change({ state, gate: null })
    this.#gone.abort()
  }

  /** Resolves when the connection has taken it, or is gone; drops one that takes too long. */
  #accepted(send: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const stop = after(this.#options.stalled, () => this.drop())
      const done = () => {
        stop()
        this.gone.removeEventListener('abort', done)
        resolve()
      }
      this.gone.addEventListener('abort', done)
      send(done)
    })
  }
}

const NOTHING = new Uint8Array()

function endOf(gzip: Gzip): Promise<void> {
  return new Promise((resolve) => {
    gzip.on('end', resolve)
    gzip.end()
  })
}
