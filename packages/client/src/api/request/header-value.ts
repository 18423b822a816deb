/**
 * True for a value that every runtime sends: bytes without control characters (the space to the tilde are ASCII's others).
 * Fetch refuses only line ends and U+0000 at once; Node's fetch refuses the others when it is about to send, and servers
 * answer them with 400.
 */
export function isHeaderValue(value: string): boolean {
  return /^[\t -~\x80-\xff]*$/.test(value)
}
