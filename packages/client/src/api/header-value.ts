/**
 * A value that every runtime sends: bytes without control characters. Of these Fetch itself refuses only line ends and
 * U+0000; the others Node's fetch refuses when it is about to send, and servers answer with 400.
 */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}
