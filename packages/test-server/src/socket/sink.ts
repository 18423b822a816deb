import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGzip, constants, type Gzip } from 'node:zlib'
import type { Exchange } from '../journal/journal.ts'
import type { Sink } from '../perform.ts'
import type { Head } from '../scenario/actions.ts'
import type { HeaderFields } from '../scenario/types.ts'

type Change = (change: Partial<Omit<Exchange, 'request'>>) => void

export interface SinkOptions {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly change: Change
  /** Sent with every reply, beside the scenario's own. */
  readonly headers: Readonly<Record<string, string>>
  /** Time in ms that one write may wait for its reader. */
  readonly stalled: number
}

/** Sends a reply over a real HTTP/1.1 connection, down to its reset. */
export function socketSink({ request, response, change, headers, stalled }: SinkOptions): Sink {
  const gone = new AbortController()
  const socket = request.socket
  let bytes = 0
  let gzip: Gzip | undefined
  let over = false

  const close = (state: Exchange['state']) => {
    if (over) return
    over = true
    change({ state, gate: null })
    gone.abort()
  }
  const closed = () => close('aborted')
  response.on('close', closed)
  // An upgrade past HTTP (`raw`) may leave the response without its own `close`.
  socket.once('close', closed)
  gone.signal.addEventListener('abort', () => socket.off('close', closed))

  const drop = () => {
    close('dropped')
    socket.resetAndDestroy()
  }

  const accepted = (send: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      const slow = setTimeout(drop, stalled)
      const done = () => {
        clearTimeout(slow)
        gone.signal.removeEventListener('abort', done)
        resolve()
      }
      gone.signal.addEventListener('abort', done)
      send(done)
    })

  return {
    gone: gone.signal,
    drop,
    inform(status, fields) {
      const lines = headerList(fields).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 ${status} Information\r\n${lines.join('')}\r\n`)
    },
    head(head) {
      writeHead(response, head, headers)
      if (head.gzip) {
        gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
        gzip.on('data', (chunk: Buffer) => response.write(chunk))
      }
    },
    async write(piece) {
      await accepted((done) => {
        if (gzip === undefined) response.write(piece, done)
        else gzip.write(piece, () => response.write('', done))
      })
      if (over) return
      bytes += piece.length
      change({ bytes })
    },
    raw: (piece) => accepted((done) => socket.write(piece, done)),
    async finish(by, whole) {
      if (by === 'reset') {
        close('reset')
        socket.resetAndDestroy()
      } else if (by === 'fin') {
        close('fin')
        socket.destroySoon()
      } else {
        if (gzip !== undefined && whole) await endOf(gzip)
        // The state is set before the end goes out: whoever has read the end finds it in the journal.
        close('end')
        response.end()
      }
    },
  }
}

function endOf(gzip: Gzip): Promise<void> {
  return new Promise((resolve) => {
    gzip.on('end', resolve)
    gzip.end()
  })
}

function writeHead(response: ServerResponse, head: Head, extra: Readonly<Record<string, string>>): void {
  const all = new Map<string, string | string[]>(Object.entries(extra))
  for (const [name, value] of Object.entries(head.headers)) {
    if (value === null) all.delete(name.toLowerCase())
    else all.set(name.toLowerCase(), typeof value === 'string' ? value : [...value])
  }
  for (const [name, value] of all) response.setHeader(name, value)
  response.statusCode = head.status
  if (head.text !== '') response.statusMessage = head.text
  response.flushHeaders()
}

function headerList(fields: HeaderFields): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((one): [string, string] => [name, one]),
  )
}
