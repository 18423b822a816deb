import { http1Wire } from './http1-wire.ts'
import { http2Wire } from './http2-wire.ts'
import type { AnyRequest, AnyResponse, Wire } from './wire.ts'

/** The exchange that a request and its response are. */
export function wireOf(request: AnyRequest, response: AnyResponse): Wire {
  return 'stream' in response ? http2Wire(response) : http1Wire(request.socket, response)
}
