import { systemRuntime, type Runtime } from '../../io/runtime.ts'
import type { EventStreamError } from '../errors/event-stream-error.ts'
import { checkNumber } from '../errors/invalid.ts'
import { isStreamError } from '../errors/is-stream-error.ts'
import { relay, type ErrorEvent } from './relay.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamLike } from './stream-like.ts'
import type { HeadersInit } from '../request/fetch-types.ts'

/** Options of `toResponse`. */
export interface ResponseOptions {
  /** Added to those of an event stream, or in their place. */
  readonly headers?: HeadersInit | undefined
  /** A comment is sent whenever nothing was sent for this long, in ms; Infinity: never. Default 15 000. */
  readonly heartbeat?: number | undefined
  /**
   * The status for an upstream that did not answer with a stream. Default: its 503 or 4xx (but not 401, 403, 407), 204
   * where it had no content, 504 for a timeout, else 502.
   */
  readonly statusOf?: ((error: EventStreamError) => number) | undefined
  /**
   * The last event before the body breaks, made of what cut the answer: a page knows by itself that it was cut, but not
   * that the model is overloaded. Null for none. Default none.
   *
   * @example errorEvent: ({ code, status }) => ({ event: 'error', data: JSON.stringify({ code, status }) })
   */
  readonly errorEvent?: ((error: EventStreamError) => ErrorEvent | null) | undefined
  /** Time, for tests. */
  readonly runtime?: Runtime | undefined
}

/**
 * Passes a stream on, from a route of a server. Resolves once the upstream has answered. If it answered with something
 * else, the reply is a status and a short JSON error, without a word of what the upstream said.
 * Events are sent as they came, the terminator included. The body breaks when the answer is not whole.
 *
 * @example
 * app.post('/chat', async ({ request }) =>
 *   toResponse(fetchEventStream(upstream, { json: await request.json(), until: '[DONE]', signal: request.signal })),
 * )
 * @throws {EventStreamError} `invalid-option` when `heartbeat` is no number from 1, `already-consumed` when the stream has a
 *   consumer
 * @throws the reason of the stream's signal, when it aborts before the upstream has answered
 */
export async function toResponse(
  stream: StreamLike<StreamEvent<unknown>>,
  options: ResponseOptions = {},
): Promise<Response> {
  const {
    heartbeat = 15_000,
    statusOf = statusFor,
    errorEvent = () => null,
    runtime = systemRuntime,
  } = options
  // 0 would be as many comments as the reader takes.
  checkNumber('heartbeat', heartbeat, 1)
  const refused = await stream.response.then(
    () => null,
    (error: unknown) => ({ error }),
  )
  if (refused !== null) return refusal(refused.error, statusOf)
  const headers = new Headers({
    'content-type': 'text/event-stream',
    // Proxies must neither keep events back (nginx) nor change them.
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    ...asItIs,
  })
  const given = new Headers(options.headers)
  for (const name of given.keys()) headers.delete(name)
  // Append, since each of several cookies comes alone, under the same name.
  given.forEach((value, name) => headers.append(name, value))
  return new Response(relay(stream, { heartbeat, errorEvent, runtime }), { headers })
}

/** What an upstream sends may look like a page: no browser may take it for one, or for a script. */
const asItIs = { 'x-content-type-options': 'nosniff' }

function refusal(error: unknown, statusOf: (error: EventStreamError) => number): Response {
  if (!isStreamError(error)) throw error
  const status = statusOf(error)
  if (status === 204) return new Response(null, { status })
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store', ...asItIs })
  const { retryAfter } = error
  // "1e400" is a number to us, and no header of HTTP's.
  if (retryAfter !== null && retryAfter < Infinity) {
    headers.set('retry-after', String(Math.ceil(retryAfter / 1000)))
  }
  const said = { code: error.code, status: error.status, requestId: error.requestId }
  return new Response(
    JSON.stringify({ error: { message: 'The upstream did not answer with a stream', ...said } }),
    {
      status,
      headers,
    },
  )
}

/** What the upstream objects to in the request is passed on; what it objects to in us is a bad gateway. */
function statusFor({ code, status }: EventStreamError): number {
  if (code === 'no-content') return 204
  if (code === 'timeout') return 504
  if (status === null) return 502
  const ours = status === 401 || status === 403 || status === 407
  const theirs = status >= 400 && status < 500 && !ours
  return theirs || status === 503 ? status : 502
}
