import { createGzip, constants, type Gzip } from 'node:zlib'
import type { Exchange } from '../journal/records.ts'
import type { Sink } from '../perform.ts'
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
export function socketSink({ wire, change, headers, stalled }: SinkOptions): Sink {
  const gone = new AbortController()
  let bytes = 0
  let gzip: Gzip | undefined

  const close = (state: Exchange['state']) => {
    if (gone.signal.aborted) return
    change({ state, gate: null })
    gone.abort()
  }
  gone.signal.addEventListener(
    'abort',
    wire.onClose(() => close('aborted')),
  )

  const drop = () => {
    close('dropped')
    wire.reset()
  }

  const accepted = (send: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      const stop = after(stalled, drop)
      const done = () => {
        stop()
        gone.signal.removeEventListener('abort', done)
        resolve()
      }
      gone.signal.addEventListener('abort', done)
      send(done)
    })

  return {
    gone: gone.signal,
    drop,
    inform: (status, fields) => wire.inform(status, fields),
    head(head) {
      wire.head({ ...head, headers: { ...headers, ...head.headers } })
      if (head.gzip) {
        gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
        gzip.on('data', (chunk: Buffer) => wire.write(chunk, () => {}))
      }
    },
    async write(piece) {
      await accepted((done) => {
        if (gzip === undefined) wire.write(piece, done)
        else gzip.write(piece, () => wire.write(NOTHING, done))
      })
      if (gone.signal.aborted) return
      bytes += piece.length
      change({ bytes })
    },
    raw: (piece) => accepted((done) => wire.raw(piece, done)),
    async finish(by, whole) {
      if (by === 'end' && whole && gzip !== undefined) await endOf(gzip)
      // The state is set before the end goes out: whoever has read the end finds it in the journal.
      close(by)
      wire[by]()
    },
  }
}

const NOTHING = new Uint8Array()

function endOf(gzip: Gzip): Promise<void> {
  return new Promise((resolve) => {
    gzip.on('end', resolve)
    gzip.end()
  })
}
