/** The name of a line: a known field, '' for a comment, undefined for what is neither. */
export type FieldName = 'data' | 'event' | 'id' | 'retry' | '' | undefined

const COLON = 58
const names = ['data', 'event', 'id', 'retry'] as const

/**
 * What the line from `at` to `end` is. [spec] Field names must be compared literally, with no case folding.
 *
 * This and its twin below say the same of bytes and of text, and a test holds them equal. One function for both has
 * to ask at each character which it reads, and that costs short fields (W3, W4) a fifth of their speed.
 */
export function nameInBytes(bytes: Uint8Array, at: number, end: number): FieldName {
  switch (bytes[at]) {
    case COLON:
      return ''
    case 100: // data
      return bytes[at + 1] === 97 &&
        bytes[at + 2] === 116 &&
        bytes[at + 3] === 97 &&
        endsInBytes(bytes, at + 4, end)
        ? 'data'
        : undefined
    case 101: // event
      return bytes[at + 1] === 118 &&
        bytes[at + 2] === 101 &&
        bytes[at + 3] === 110 &&
        bytes[at + 4] === 116 &&
        endsInBytes(bytes, at + 5, end)
        ? 'event'
        : undefined
    case 105: // id
      return bytes[at + 1] === 100 && endsInBytes(bytes, at + 2, end) ? 'id' : undefined
    case 114: // retry
      return bytes[at + 1] === 101 &&
        bytes[at + 2] === 116 &&
        bytes[at + 3] === 114 &&
        bytes[at + 4] === 121 &&
        endsInBytes(bytes, at + 5, end)
        ? 'retry'
        : undefined
    default:
      return undefined
  }
}

/** The same of text, for what is not ASCII (W10) and for strings that were fed. */
export function nameInText(text: string, at: number, end: number): FieldName {
  const first = text.charCodeAt(at)
  if (first === COLON) return ''
  // `data` by its characters: to search a list for it would cost W10 a fifth.
  if (
    first === 100 &&
    text.charCodeAt(at + 1) === 97 &&
    text.charCodeAt(at + 2) === 116 &&
    text.charCodeAt(at + 3) === 97 &&
    endsInText(text, at + 4, end)
  ) {
    return 'data'
  }
  return names.find((name) => text.startsWith(name, at) && endsInText(text, at + name.length, end))
}

function endsInBytes(bytes: Uint8Array, at: number, end: number): boolean {
  return at === end || bytes[at] === COLON
}

function endsInText(text: string, at: number, end: number): boolean {
  return at === end || text.charCodeAt(at) === COLON
}

/** Whether a line that starts so can still become a known field, or a comment if those are wanted. */
export function mayBecomeField(start: string, comments: boolean): boolean {
  if (start.startsWith(':')) return comments
  return names.some((name) => name.startsWith(start) || start.startsWith(`${name}:`))
}
