import { lastEventIdOf } from '../scenario/last-event-id.ts'
import { eventBytes } from './event-bytes.ts'
import { EVENT_STREAM_HEADERS } from './headers.ts'
import type { EventSourceFunction, StreamOptions } from './source.ts'

/**
 * Answers a web-standard request with an event stream: heartbeats, headers against buffering, fields that
 * cannot be injected into. Reading sets the pace; when the client goes, the source's signal aborts.
 *
 * @example
 * const app = (request: Request) => eventResponse(request, async function* ({ lastEventId }) {
 *   for (const entry of log.after(lastEventId)) yield entry
 * })
 */
export function eventResponse(
  request: Request,
  source: EventSourceFunction,
  options: StreamOptions & { readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const headers = { ...EVENT_STREAM_HEADERS, ...options.headers }
  // Nobody reads its body, and nobody need cancel it: the source would go on for ever.
  if (request.method === 'HEAD') return new Response(null, { headers })
  const gone = new AbortController()
  const abort = () => gone.abort(request.signal.reason)
  if (request.signal.aborted) abort()
  else request.signal.addEventListener('abort', abort, { once: true })
  const lastEventId = lastEventIdOf(request.headers.get('last-event-id'))
  let fail: (reason: Error) => void = () => {}
  const drop = (reason: Error) => {
    gone.abort(reason)
    fail(reason)
  }
  const bytes = eventBytes(source, { lastEventId, signal: gone.signal, drop }, options)
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = (reason) => controller.error(reason)
      },
      async pull(controller) {
        const { done, value } = await bytes.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => gone.abort(reason),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}
