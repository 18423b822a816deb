import { createServer } from 'node:http'
import { createServer as createHttp2, createSecureServer } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import type { Server } from 'node:net'
import type { Limits } from '../limits.ts'
import type { ConnectionSet } from './connections.ts'
import type { AnyRequest, AnyResponse } from './wire.ts'

/** Key and certificate in PEM. */
export interface Tls {
  readonly key: string
  readonly cert: string
}

export interface Speaking {
  /** HTTP/2: without TLS by prior knowledge, with TLS beside HTTP/1.1. */
  readonly http2: boolean
  readonly tls: Tls | null
  readonly limits: Pick<Limits, 'header' | 'connections'>
}

/** What HTTP/2 can say. */
const MOST_STREAMS = 2 ** 32 - 1

/**
 * In ms. A client lets go of an idle connection by a timer of its own. One that stands still, at a breakpoint or on a busy
 * machine, would send its next request on a connection that is gone, which is a fault that no scenario has.
 */
const PATIENCE = 60_000

/** A server for the protocols asked for. */
export function serverFor(
  { http2, tls, limits: { header, connections } }: Speaking,
  answer: (request: AnyRequest, response: AnyResponse) => void,
): Server {
  // One connection of HTTP/2 could hold any number of exchanges.
  const settings = { maxHeaderListSize: header, maxConcurrentStreams: Math.min(connections, MOST_STREAMS) }
  if (http2) {
    return tls === null
      ? createHttp2({ settings }, answer)
      : createSecureServer({ ...tls, settings, allowHTTP1: true }, answer)
  }
  const options = { maxHeaderSize: header, keepAliveTimeoutBuffer: PATIENCE }
  return tls === null ? createServer(options, answer) : createHttps({ ...tls, ...options }, answer)
}

/** Resolves with the port when the server accepts connections. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })
}

/** Drops every connection and resolves when the server is closed and none is left. */
export async function shut(server: Server, connections: ConnectionSet): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  await connections.drop()
  await closed
}
