import { createServer } from 'node:http'
import { createServer as createHttp2, createSecureServer } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import type { Server } from 'node:net'
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
  /** Bytes of request line and headers. */
  readonly header: number
}

/** A server for the protocols asked for. */
export function serverFor(
  { http2, tls, header }: Speaking,
  answer: (request: AnyRequest, response: AnyResponse) => void,
): Server {
  const settings = { maxHeaderListSize: header }
  if (http2) {
    return tls === null
      ? createHttp2({ settings }, answer)
      : createSecureServer({ ...tls, settings, allowHTTP1: true }, answer)
  }
  return tls === null
    ? createServer({ maxHeaderSize: header }, answer)
    : createHttps({ ...tls, maxHeaderSize: header }, answer)
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
