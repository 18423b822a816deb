import { isHeaderValue } from './header-value.ts'

/**
 * Longer IDs, in bytes, are not sent back: servers answer a header that large with 400 or 431, for ever. The least that one
 * takes is 8175 (nginx; Apache and Varnish one and two more).
 */
const longestSentId = 8000

/** The header's value: an ID as UTF-8 in a byte string. Null: nothing is sent. */
export function lastEventIdHeader(id: string): string | null {
  if (id === '' || overlongId(id) !== null) return null
  const header = String.fromCharCode(...new TextEncoder().encode(id))
  return isHeaderValue(header) ? header : null
}

/** The size in bytes of an ID that is too long to be sent back, or null. */
export function overlongId(id: string): number | null {
  if (id.length <= longestSentId / 3) return null
  const { byteLength } = new TextEncoder().encode(id)
  return byteLength > longestSentId ? byteLength : null
}
