/**
 * The last event ID that a header stands for. Header values are given one character a byte, while an ID goes
 * over the wire as UTF-8.
 */
export function lastEventIdOf(header: string | null | undefined): string | null {
  if (header === null || header === undefined) return null
  return new TextDecoder().decode(Uint8Array.from(header, (char) => char.charCodeAt(0)))
}
