/** What `encode` writes. Every member is optional, but one must be given; an `event` needs `data`. */
export interface EncodableEvent {
  /** A comment line, first. */
  comment?: string | undefined
  /** The reconnection time, a whole number of milliseconds. */
  retry?: number | undefined
  /** Becomes the last event ID; an empty one resets it. */
  id?: string | undefined
  /** The event's name. */
  event?: string | undefined
  /** Any number of lines, joined by LF. An empty text makes an event, too. */
  data?: string | undefined
}

/** What each field cannot hold, since a parser would read something else. */
const refused = {
  comment: /[\r\n]/,
  id: /[\r\n\0]/,
  event: /^$|[\r\n]/,
  data: /\r/,
} as const

/**
 * One block of an event stream, up to and with its blank line. What a parser reads from it is exactly what was
 * given here; where that cannot be, `encode` throws. Nothing given can start a field or an event of its own.
 *
 * ```ts
 * encode({ id: '7', event: 'tick', data: 'two\nlines' })
 * // 'id: 7\nevent: tick\ndata: two\ndata: lines\n\n'
 * ```
 * @throws {TypeError} for a line end in `comment`, `id` or `event`, a CR in `data` (lines of data are joined by
 *   LF), U+0000 in `id`, a lone surrogate anywhere, an empty `event` name, an `event` name without `data`, nothing
 *   at all.
 * @throws {RangeError} for a `retry` that is not a whole number of milliseconds from 0.
 */
export function encode(event: EncodableEvent): string {
  const { retry, data } = event
  if (event.event !== undefined && data === undefined) {
    throw new TypeError(
      'An `event` name without `data` is never dispatched: give `data`, if only an empty string.',
    )
  }
  if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0)) {
    throw new RangeError('`retry` must be a whole number of milliseconds from 0.')
  }
  const lines =
    line(event, 'comment') +
    (retry === undefined ? '' : `retry: ${retry}\n`) +
    line(event, 'id') +
    line(event, 'event') +
    line(event, 'data').replace(/\n(?!$)/g, '\ndata: ')
  if (lines === '') throw new TypeError('encode() needs a comment, retry, id or data.')
  return `${lines}\n`
}

function line(event: EncodableEvent, name: keyof typeof refused): string {
  const value = event[name]
  if (value === undefined) return ''
  if (typeof value !== 'string' || refused[name].test(value) || /\p{Surrogate}/u.test(value)) {
    throw new TypeError(`\`${name}\` cannot be encoded: ${problem(name)}.`)
  }
  return `${name === 'comment' ? '' : name}: ${value}\n`
}

function problem(name: keyof typeof refused): string {
  if (name === 'data') return 'it must be a string without CR (lines are separated by LF) or lone surrogates'
  const nul = name === 'id' ? ', U+0000' : ''
  return `it must be a ${name === 'event' ? 'non-empty ' : ''}string without line ends${nul} or lone surrogates`
}
