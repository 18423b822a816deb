import type { StreamOptions } from '../../api/options.ts'
import type { StreamEvent } from '../../api/decode/stream-event.ts'
import type { FetchEventSourceInit } from './init.ts'

/** The request: from a URL or a Request, with what the init sets in its place. */
export interface RequestOf {
  readonly url: string | URL
  readonly method: string
  readonly options: StreamOptions<StreamEvent>
}

export function requestOf(input: string | URL | Request, init: FetchEventSourceInit): RequestOf {
  const request = isRequest(input) ? input : null
  const method = (init.method ?? request?.method ?? 'GET').toUpperCase()
  const credentials = init.credentials ?? request?.credentials
  const { signal, timeouts, mode, cache, referrer, referrerPolicy } = init
  return {
    url: isRequest(input) ? input.url : input,
    method,
    options: {
      method,
      headers: init.headers ?? request?.headers,
      body: init.body ?? bodyOf(request, method),
      signal,
      timeouts,
      credentials,
      mode: mode ?? undefined,
      cache,
      referrer,
      referrerPolicy,
    },
  }
}

function isRequest(input: string | URL | Request): input is Request {
  return typeof input === 'object' && 'method' in input
}

/** A Request's body can be read only once, so each attempt gets a copy of its own. */
function bodyOf(request: Request | null, method: string): StreamOptions<StreamEvent>['body'] {
  if (request === null || /^(GET|HEAD)$/.test(method)) return undefined
  return () => request.clone().arrayBuffer()
}
