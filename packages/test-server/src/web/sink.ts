import { deferred } from '../deferred.ts'
import type { Exchange } from '../journal/records.ts'
import { hasNoBody } from '../no-body.ts'
import type { Sink } from '../perform.ts'
import type { Head } from '../scenario/action.ts'
import type { Ending, HeaderFields } from '../scenario/types.ts'

export interface WebSinkOptions {
  /** Of the request. */
  readonly method: string
  readonly change: (change: Partial<Omit<Exchange, 'request'>>) => void
  /** Aborts when the client gives up. */
  readonly signal: AbortSignal
  /** Resolves when what was written has reached the client; only where a break would overtake it. */
  readonly settled?: (() => Promise<void>) | undefined
}

/** Sends a reply as a `Response`: each write is one chunk of its body, made when the reader asks for it. */
export class WebSink implements Sink {
  readonly #options: WebSinkOptions
  readonly #gone = new AbortController()
  readonly #response = deferred<Response>()
  #body: ReadableStreamDefaultController<Uint8Array> | undefined
  /** Resolves when the reader asks for the next chunk. */
  #asked = deferred()
  #bytes = 0

  constructor(options: WebSinkOptions) {
    this.#options = options
    // A client that has given up does not look at the reply any more.
    this.response.catch(() => {})
    if (options.signal.aborted) this.#abort()
    else options.signal.addEventListener('abort', this.#abort)
  }

  /** The reply as soon as its head is sent; rejects when the scenario breaks the connection before. */
  get response(): Promise<Response> {
    return this.#response.promise
  }

  get gone(): AbortSignal {
    return this.#gone.signal
  }

  inform(): void {}

  head(head: Head): void {
    const body = hasNoBody(this.#options.method, head.status) ? null : this.#stream()
    this.#response.resolve(responseOf(head, body))
  }

  async write(piece: Uint8Array): Promise<void> {
    await this.#asked.promise
    if (this.gone.aborted) return
    this.#asked = deferred()
    this.#bytes += piece.length
    // The records come first: whoever has read the bytes finds them there.
    this.#options.change({ bytes: this.#bytes })
    this.#body?.enqueue(piece)
  }

  raw(): never {
    throw new TypeError('A raw step goes past HTTP: only the socket transport can send it.')
  }

  drop(reason?: unknown): void {
    this.#break('dropped', reason)
  }

  async finish(by: Ending): Promise<void> {
    if (by !== 'end') {
      // Not waited for where nothing is to be waited for: what breaks, breaks at once.
      if (this.#options.settled !== undefined) await this.#options.settled()
      return this.#break(by)
    }
    if (!this.#close('end')) return
    this.#body?.close()
    // A test has ended it before its head: on a socket Node sends this one then.
    this.#response.resolve(new Response(null))
  }

  #stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.#body = controller),
        pull: () => this.#asked.resolve(),
        cancel: () => void this.#close('aborted'),
      },
      { highWaterMark: 0 },
    )
  }

  readonly #abort = (): void => {
    if (this.#close('aborted')) this.#fail(this.#options.signal.reason)
  }

  #break(state: 'reset' | 'fin' | 'dropped', reason: unknown = connectionReset()): void {
    if (this.#close(state)) this.#fail(reason)
  }

  #fail(reason: unknown): void {
    this.#response.reject(reason)
    this.#body?.error(reason)
  }

  /** False where it was over before. */
  #close(state: Exchange['state']): boolean {
    if (this.gone.aborted) return false
    const { change, signal } = this.#options
    change({ state, gate: null })
    signal.removeEventListener('abort', this.#abort)
    this.#gone.abort()
    this.#asked.resolve()
    return true
  }
}

function responseOf(head: Head, body: ReadableStream<Uint8Array> | null): Response {
  return new Response(body, {
    status: head.status,
    statusText: head.text,
    headers: headersOf(head.headers),
  })
}

function headersOf(fields: HeaderFields): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value === null ? [] : [value].flat()) headers.append(name, one)
  }
  return headers
}

/** What Node's fetch throws when the other side resets the connection. */
function connectionReset(): TypeError {
  return new TypeError('terminated', {
    cause: Object.assign(new TypeError('read ECONNRESET'), { code: 'ECONNRESET' }),
  })
}
