const beginnings = ['data:', 'event:', 'id:', 'retry:', ':'] as const

export type Beginning = (typeof beginnings)[number]

/** What a line that starts so may turn out to be; undefined for what is no field and no comment. */
export function beginningOf(start: string): Beginning | undefined {
  return beginnings.find((beginning) => beginning.startsWith(start.slice(0, beginning.length)))
}

export function isDataField(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 100 &&
    bytes[at + 1] === 97 &&
    bytes[at + 2] === 116 &&
    bytes[at + 3] === 97 &&
    bytes[at + 4] === 58
  )
}

export function isEventField(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 101 &&
    bytes[at + 1] === 118 &&
    bytes[at + 2] === 101 &&
    bytes[at + 3] === 110 &&
    bytes[at + 4] === 116 &&
    bytes[at + 5] === 58
  )
}

export function isIdField(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 105 && bytes[at + 1] === 100 && bytes[at + 2] === 58
}
