import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { Server } from 'node:net'
import type { Writable } from 'node:stream'
import { lastEventIdOf } from '../scenario/last-event-id.ts'
import { eventBytes } from './event-bytes.ts'
import { EVENT_STREAM_HEADERS } from './headers.ts'
import type { EventSourceFunction, StreamOptions } from './source.ts'

/**
 * `eventResponse` for node:http and node:http2. Resolves when the stream has ended, the client has gone, or it was
 * dropped because it fell behind; rejects with what the source throws, after closing the connection so that the client
 * comes again. A stream that ends while its server is closing takes its connection with it.
 *
 * @example
 * createServer((request, response) => sendEvents(request, response, news.subscribe))
 */
export async function sendEvents(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  source: EventSourceFunction,
  options: StreamOptions & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  // Gone while the app was at something else: there is no `close` any more that would end the source.
  if (('stream' in response ? response.stream : response).destroyed) return
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  // Of a stream of HTTP/2 that its client left by NO_ERROR Node before 26 tells no `close`, while a write waits.
  request.once('aborted', () => response.destroy())
  response.statusCode = 200
  for (const [name, value] of Object.entries({ ...EVENT_STREAM_HEADERS, ...options.headers })) {
    response.setHeader(name, value)
  }
  if (request.method === 'HEAD') return void response.end()
  const header = request.headers['last-event-id']
  const lastEventId = lastEventIdOf(Array.isArray(header) ? header[0] : header)
  const drop = () => void response.destroy()
  const body: Writable = response
  try {
    for await (const bytes of eventBytes(source, { lastEventId, signal: gone.signal, drop }, options)) {
      // What the reader has not taken is not made: the source waits with it.
      if (!body.write(bytes)) await once(body, 'drain', { signal: gone.signal }).catch(() => {})
    }
    response.end(() => 'stream' in request || letGoOf(request))
  } catch (error) {
    response.destroy()
    throw error
  }
}

/**
 * A client comes again on the connection that it has, if that is kept. So a server that is closing would never be done: it
 * takes no new connection, but each request on an old one.
 */
function letGoOf({ socket }: IncomingMessage): void {
  const server: unknown = Reflect.get(socket, 'server')
  if (server instanceof Server && !server.listening) socket.destroySoon()
}
