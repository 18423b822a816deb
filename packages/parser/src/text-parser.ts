import { invalidRetry, limitExceeded, unknownField } from './errors.ts'
import { mayBecomeField, nameInBytes, nameInText } from './field-name.ts'
import { utf8Length } from './utf8-length.ts'
import type { LimitOption, ParseError } from './errors.ts'
import type { FieldName } from './field-name.ts'
import type { ParserConfig } from './types.ts'

/** `event: ` is the longest start of a line whose value has a limit of its own. */
const longestStart = 7

export interface TextParser {
  /** `ascii`: the bytes of the text, if each character is the byte at the same index. */
  feed: (text: string, ascii: Uint8Array | undefined, from: number) => void
  /** Reads an unfinished line as if it had ended. */
  end: () => void
  reset: () => void
  pending: () => number
}

/** Text to lines to fields to events: all that is above UTF-8 and the byte order mark. */
export function createTextParser(config: ParserConfig): TextParser {
  const { onEvent, onId, onRetry, onComment, onError, detach } = config
  const { maxBufferSize = 2 ** 24, maxFieldSize = 2 ** 16, maxUnknownSize = 0 } = config
  /** Nothing shorter than this is counted: a character is three bytes at most. */
  const surelyFits = Math.floor(maxBufferSize / 3)
  const fieldSurelyFits = maxFieldSize / 3

  // What "interpreting an event stream" calls the buffers; undefined where the block had no such field.
  let data = ''
  let dataLines = 0
  let event: string | undefined
  let id: string | undefined
  /** The line that the last chunk left unfinished. */
  let rest = ''
  /** Its first characters, by which it is judged: to read them off `rest` would copy all of it each time. */
  let restStart = ''
  /** That line is no field, nor a comment that is wanted. */
  let unknown = false
  /** Nothing of that line is kept. */
  let skipping = false
  /** The last chunk ended in CR: an LF that opens the next one belongs to it. */
  let afterCr = false
  /** Bytes of `data` and `rest`, once they are long enough to count; else -1. */
  let held = -1
  /** A limit was passed, and ended parsing. */
  let failure: ParseError | undefined

  function feed(text: string, ascii: Uint8Array | undefined, from: number): void {
    if (failure) throw failure
    const { length } = text
    if (from === length) return
    // 10 is LF, 13 CR, 32 SPACE. As named constants they would be read from memory at each step of the loop.
    let start = afterCr && text.charCodeAt(from) === 10 ? from + 1 : from
    // A lone CR ends its line at once; whether it is half of a CRLF shows later.
    afterCr = text.charCodeAt(length - 1) === 13
    let unfinished = skipping || rest !== ''
    let lf = find(text, '\n', start)
    let cr = find(text, '\r', start)
    for (;;) {
      const end = lf < cr ? lf : cr
      if (end === length) break
      let next = end === cr && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
      if (unfinished) {
        unfinished = false
        finishLine(text.slice(start, end))
      } else if (start === end) dispatch()
      else {
        const name = ascii ? nameInBytes(ascii, start, end) : nameInText(text, start, end)
        if (name === 'data') {
          const value = text.slice(valueAt(text, ascii, start + 5, end), end)
          const following = ascii ? ascii[next] : text.charCodeAt(next)
          // Nearly every event there is: one data line, and its blank line in sight (W1, W2, W3).
          if (dataLines === 0 && (following === 10 || following === 13) && value.length <= surelyFits) {
            next += following === 13 && text.charCodeAt(next + 1) === 10 ? 2 : 1
            if (detach) dispatch(value, 1)
            else {
              // `dispatch`, once more: as a call it costs this path a tenth (W1).
              const lastId = id
              const type = event || undefined
              id = undefined
              event = undefined
              if (lastId !== undefined) onId?.(lastId)
              onEvent?.({ id: lastId, event: type, data: value })
            }
          } else append(value)
        } else setField(name, text, ascii, start, end)
      }
      if (failure) return
      start = next
      // What was found and not yet reached stays valid: to search again for each line would be quadratic.
      if (lf < start) lf = find(text, '\n', start)
      if (cr < start) cr = find(text, '\r', start)
    }
    if (start < length && !skipping) keep(text.slice(start))
  }

  /** Only this one line is joined: joining what is left over with the whole chunk would copy the chunk. */
  function finishLine(last: string): void {
    const line = rest + last
    if (held >= 0 && !unknown) held -= utf8Length(rest)
    rest = ''
    if (skipping) skipping = false
    else setField(nameInText(line, 0, line.length), line, undefined, 0, line.length)
  }

  /** [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF). */
  function append(value: string): void {
    // The last LF is never there: the standard removes it on dispatch.
    data = dataLines++ === 0 ? value : data + '\n' + value
    if (held >= 0 || data.length > surelyFits) checkSize(dataLines > 1 ? `\n${value}` : value)
  }

  // Small, as the engine then makes it a part of the loop above: what is rare is elsewhere (W2, W4).
  function setField(
    name: FieldName,
    text: string,
    ascii: Uint8Array | undefined,
    start: number,
    end: number,
  ): void {
    if (end - start > fieldSurelyFits) setAny(name, text.slice(start, end))
    else if (name === 'event') event = text.slice(valueAt(text, ascii, start + 6, end), end)
    else if (name === 'id') setId(text.slice(valueAt(text, ascii, start + 3, end), end))
    else if (name !== '' || onComment) setAny(name, text.slice(start, end))
  }

  function setAny(name: FieldName, line: string): void {
    const value = line.slice(valueAt(line, undefined, name ? name.length + 1 : 1, line.length))
    if (name === 'data') append(value)
    else if (name === 'retry' && /^\d+$/.test(value)) {
      // [spec] If the field value consists of only ASCII digits, then interpret the field value as an integer in
      // base ten, and set the event stream's reconnection time to that integer.
      onRetry?.(Number(value))
    } else if (name === 'retry') onError?.(invalidRetry(value, line))
    // [spec] Otherwise, the field is ignored.
    else if (name === undefined) onError?.(unknownField(line))
    else if (name === '' && !onComment) return
    else if (line.length > fieldSurelyFits && utf8Length(value) > maxFieldSize)
      fail('maxFieldSize', maxFieldSize)
    else if (name === '') onComment?.(value)
    // [spec] Set the event type buffer to the field value.
    else if (name === 'event') event = value
    else setId(value)
  }

  function setId(value: string): void {
    // [spec] If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
    // Otherwise, ignore the field.
    if (!value.includes('\0')) id = value
  }

  /** [spec] Dispatch the event, when a blank line ends the block. */
  function dispatch(whole = data, lines = dataLines): void {
    let lastId = id
    let type = event || undefined
    data = ''
    dataLines = 0
    held = -1
    id = event = undefined
    if (detach) {
      whole = detached(whole)
      type &&= detached(type)
      lastId &&= detached(lastId)
    }
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    if (lastId !== undefined) onId?.(lastId)
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty
    // string and return.
    if (lines > 0) onEvent?.({ id: lastId, event: type, data: whole })
  }

  /** Keeps a piece of the unfinished line, unless that line can only be ignored. */
  function keep(piece: string): void {
    if (rest.length < longestStart) {
      restStart = rest + piece.slice(0, longestStart)
      unknown = !mayBecomeField(restStart, !!onComment)
      if (unknown && held >= 0) held -= utf8Length(rest)
    }
    rest += piece
    if (unknown) {
      if (onError && rest.length <= maxUnknownSize && !restStart.startsWith(':')) return
      rest = ''
      skipping = true
      return
    }
    if (held >= 0 || data.length + rest.length > surelyFits) checkSize(piece)
    // There are at least as many bytes as characters; when the line ends they are counted.
    if (rest.length > maxFieldSize + longestStart && !restStart.startsWith('data'))
      fail('maxFieldSize', maxFieldSize)
  }

  /** Counts what came to the data or to the unfinished line; nothing is counted twice. */
  function checkSize(added: string): void {
    held = held < 0 ? utf8Length(data) + utf8Length(rest) : held + utf8Length(added)
    if (held > maxBufferSize) fail('maxBufferSize', maxBufferSize)
  }

  function fail(option: LimitOption, limit: number): void {
    reset()
    failure = limitExceeded(option, limit)
    onError?.(failure)
  }

  function reset(): void {
    data = rest = ''
    dataLines = 0
    event = id = failure = undefined
    held = -1
    skipping = afterCr = false
  }

  return {
    feed,
    end() {
      if (rest !== '') finishLine('')
    },
    reset,
    pending: () => utf8Length(data + rest + (event ?? '') + (id ?? '')) + dataLines,
  }
}

/** Index of the character, or the text's length: then the smaller of two indices is the nearer one. */
function find(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from)
  return index < 0 ? text.length : index
}

/** Where a line's value begins. [spec] If value starts with a U+0020 SPACE character, remove it from value. */
function valueAt(text: string, ascii: Uint8Array | undefined, at: number, end: number): number {
  if (at >= end) return end
  return (ascii ? ascii[at] : text.charCodeAt(at)) === 32 ? at + 1 : at
}

/**
 * A copy that owns its characters. A slice of a chunk keeps the whole chunk in memory; a slice of a string made for
 * it keeps one character more.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1)
}
