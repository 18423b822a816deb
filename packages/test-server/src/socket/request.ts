import { lastEventIdOf } from '../scenario/last-event-id.ts'
import type { RecordedRequest } from '../journal/records.ts'
import type { AnyRequest } from './wire.ts'

/** Reads a request with its whole body; null when the body is larger than `limit` bytes. */
export async function readRequest(
  request: AnyRequest,
  limit: number,
): Promise<Omit<RecordedRequest, 'number'> | null> {
  const body = await readBody(request, limit)
  if (body === null) return null
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  // HTTP/2 has it in a pseudo-header.
  headers['host'] ??= authorityOf(request)
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers,
    lastEventId: lastEventIdOf(headers['last-event-id']),
    body,
    at: Date.now(),
  }
}

/** The host that a request names; empty where it names none. */
export function authorityOf({ headers }: AnyRequest): string {
  const authority = headers[':authority']
  return typeof authority === 'string' ? authority : (headers.host ?? '')
}

/** The text of a request body; null when it is larger than `limit` bytes. */
export async function readBody(request: AnyRequest, limit: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
