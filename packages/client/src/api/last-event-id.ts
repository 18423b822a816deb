/** Longer IDs are not sent back: servers answer a header that large with 431, for ever. */
const longestSentId = 8 * 1024

/** UTF-8 as a byte string, which is what a header holds; null: nothing is sent. */
export function lastEventIdHeader(id: string): string | null {
  if (id === '') return null
  const bytes = new TextEncoder().encode(id)
  if (bytes.byteLength > longestSentId) return null
  let header = ''
  for (const byte of bytes) {
    // No header may hold a control character: Node's fetch would refuse the request, for ever, before sending it.
    if ((byte < 32 && byte !== 9) || byte === 127) return null
    header += String.fromCharCode(byte)
  }
  return header
}

/** Bytes of an ID that is too long to be sent back, or null. */
export function overlongId(id: string): number | null {
  if (id.length <= longestSentId / 3) return null
  const { byteLength } = new TextEncoder().encode(id)
  return byteLength > longestSentId ? byteLength : null
}
