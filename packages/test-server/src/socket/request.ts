import type { IncomingMessage } from 'node:http'
import type { RecordedRequest } from '../journal/journal.ts'

/** Reads a request with its whole body; null when the body is larger than `limit` bytes. */
export async function readRequest(
  request: IncomingMessage,
  limit: number,
): Promise<Omit<RecordedRequest, 'number'> | null> {
  const body = await readBody(request, limit)
  if (body === null) return null
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  const id = headers['last-event-id']
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers,
    lastEventId: id === undefined ? null : utf8OfLatin1(id),
    body,
    at: Date.now(),
  }
}

/** The text of a request body; null when it is larger than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
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

/** Node gives header values one character a byte; an event ID goes over the wire as UTF-8. */
function utf8OfLatin1(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}
