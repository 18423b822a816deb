import type { Stage } from '../journal/stage.ts'
import { perform, type Clock } from '../perform.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { lastEventIdOf } from '../scenario/last-event-id.ts'
import { WebSink, type WebSinkOptions } from './sink.ts'

export interface Responding extends Pick<WebSinkOptions, 'settled'> {
  readonly clock: Clock
  /** The request's, where it is known already. */
  readonly body?: string
}

/** Answers a web-standard request with the reply that a scenario has for it. */
export async function respond(
  stage: Stage,
  request: Request,
  { clock, body, settled }: Responding,
): Promise<Response> {
  const url = new URL(request.url)
  const headers = Object.fromEntries(request.headers)
  const { request: recorded, change } = stage.journal.begin({
    method: request.method,
    url: url.pathname + url.search,
    headers,
    lastEventId: lastEventIdOf(headers['last-event-id']),
    body: body ?? (await request.text()),
    at: clock.now(),
  })
  const sink = new WebSink({ method: request.method, change, signal: request.signal, settled })
  // What goes wrong in a scenario reaches the caller: its fetch or its read rejects.
  perform({ stage, request: recorded, change, sink, clock, behind: DEFAULT_LIMITS.behind }).catch(() => {})
  return sink.response
}
