import { ownHeaders } from '#platform'
import type { RequestParts } from '../request/request.ts'
import { headersNow, methodOf } from '../request/sendable.ts'
import type { EventSourceInit } from './types.ts'

/** What every request of an EventSource has in common. */
export function eventSourceRequest(url: URL, init: EventSourceInit, withCredentials: boolean): RequestParts {
  return {
    url: url.href,
    method: methodOf((init.method ?? 'GET').toUpperCase()),
    headers: headersNow(init.headers),
    body: init.body,
    json: undefined,
    // [spec] Set request's header list: `Accept`/`text/event-stream`.
    accept: 'text/event-stream',
    extraHeaders: ownHeaders,
    init: withCredentials ? including : sameOrigin,
  }
}

// [spec] a potential-CORS request, cache mode "no-store", which makes Fetch add Cache-Control and Pragma.
const sameOrigin: RequestInit = { mode: 'cors', cache: 'no-store', credentials: 'same-origin' }
const including: RequestInit = { ...sameOrigin, credentials: 'include' }
