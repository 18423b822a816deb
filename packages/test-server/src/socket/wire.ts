import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Head } from '../scenario/action.ts'
import type { HeaderFields } from '../scenario/types.ts'

/** A request of either protocol, as Node gives it. */
export type AnyRequest = IncomingMessage | Http2ServerRequest
export type AnyResponse = ServerResponse | Http2ServerResponse

/** One exchange on a connection: what HTTP/1.1 and HTTP/2 do differently. */
export interface Wire {
  inform(status: number, fields: HeaderFields): void
  head(head: Head): void
  /** Calls `done` when the connection has accepted the bytes. */
  write(bytes: Uint8Array, done: () => void): void
  /** Bytes past HTTP. */
  raw(bytes: Uint8Array, done: () => void): void
  end(): void
  /** RST of the connection; in HTTP/2 of the stream. */
  reset(): void
  /** The end of the connection in the middle of the message; in HTTP/2 after GOAWAY. */
  fin(): void
  /** Calls once when the exchange is over, however. Gives what takes the listener away. */
  onClose(closed: () => void): () => void
}

/** Header fields as Node wants them, names in lower case; the last of a name wins, and `null` is no header. */
export function fieldsOf(fields: HeaderFields): ReadonlyMap<string, string | string[]> {
  const all = new Map<string, string | string[]>()
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) all.delete(name.toLowerCase())
    else all.set(name.toLowerCase(), typeof value === 'string' ? value : [...value])
  }
  return all
}
