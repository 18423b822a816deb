import { ownHeaders } from '#platform'
import type { RequestParts } from './request.ts'
import type { EventSourceInit } from './event-source-types.ts'

/** What every request of an EventSource has in common. */
export function eventSourceRequest(url: URL, init: EventSourceInit): RequestParts {
  return {
    url: url.href,
    method: (init.method ?? 'GET').toUpperCase(),
    headers: init.headers,
    body: init.body,
    // [spec] Set request's header list: `Accept`/`text/event-stream`.
    accept: 'text/event-stream',
    extraHeaders: ownHeaders,
    init: {
      // [spec] a potential-CORS request, cache mode "no-store", which makes Fetch add Cache-Control and Pragma.
      mode: 'cors',
      cache: 'no-store',
      credentials: init.withCredentials ? 'include' : 'same-origin',
    },
  }
}

/** Fetch knows no other schemes. [spec] the network error that it gives for them fails the connection. */
export function assertFetchable({ protocol }: URL): void {
  if (/^(?:https?|data|blob):$/.test(protocol)) return
  const error = new TypeError(`EventSource cannot fetch ${protocol} URLs`)
  throw Object.assign(error, { fatal: true })
}
