import { deferred } from '../deferred.ts'
import type { Exchange } from '../journal/records.ts'
import { hasNoBody } from '../no-body.ts'
import type { Sink } from '../perform.ts'
import type { Head } from '../scenario/action.ts'
import type { HeaderFields } from '../scenario/types.ts'

export interface WebSink extends Sink {
  /** The reply as soon as its head is sent; rejects when the scenario breaks the connection before. */
  readonly response: Promise<Response>
}

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
export function webSink({ method, change, signal, settled }: WebSinkOptions): WebSink {
  const gone = new AbortController()
  const response = deferred<Response>()
  // A client that has given up does not look at the reply any more.
  response.promise.catch(() => {})
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  let asked = deferred()
  let bytes = 0

  const close = (state: Exchange['state']): boolean => {
    if (gone.signal.aborted) return false
    change({ state, gate: null })
    signal.removeEventListener('abort', aborted)
    gone.abort()
    asked.resolve()
    return true
  }
  const fail = (reason: unknown) => {
    response.reject(reason)
    body?.error(reason)
  }
  const aborted = () => {
    if (close('aborted')) fail(signal.reason)
  }
  const broken = (state: 'reset' | 'fin' | 'dropped', reason: unknown = connectionReset()) => {
    if (close(state)) fail(reason)
  }
  if (signal.aborted) aborted()
  else signal.addEventListener('abort', aborted)

  const stream = () =>
    new ReadableStream<Uint8Array>(
      {
        start(controller) {
          body = controller
        },
        pull: () => asked.resolve(),
        cancel: () => void close('aborted'),
      },
      { highWaterMark: 0 },
    )

  return {
    gone: gone.signal,
    response: response.promise,
    inform() {},
    head(head) {
      response.resolve(responseOf(head, hasNoBody(method, head.status) ? null : stream()))
    },
    async write(piece) {
      await asked.promise
      if (gone.signal.aborted) return
      asked = deferred()
      bytes += piece.length
      // The records come first: whoever has read the bytes finds them there.
      change({ bytes })
      body?.enqueue(piece)
    },
    raw() {
      throw new TypeError('A raw step goes past HTTP: only the socket transport can send it.')
    },
    drop: (reason) => broken('dropped', reason),
    finish(by) {
      if (by !== 'end') return settled === undefined ? broken(by) : settled().then(() => broken(by))
      if (!close('end')) return
      body?.close()
      // A test has ended it before its head: on a socket Node sends this one then.
      response.resolve(new Response(null))
    },
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
