import { utf8Length } from './utf8-length.ts'
import { decode, endOfWhole, joined, type Decoding } from './utf8.ts'
import { beginningOf, isDataField, isEventField, isIdField } from './field-name.ts'
import { asBytes } from './bytes.ts'
import { ignored, limitPassed } from './errors.ts'
import type { LimitOption, ParseError } from './errors.ts'
import type { Beginning } from './field-name.ts'
import type { Chunk, EventSourceParser, ParserConfig } from './types.ts'

/**
 * Bytes or text to lines to fields to events.
 *
 * One class: calls between two objects would be a tenth of a small chunk's time (W1 at one event a chunk). Not a closure,
 * whose variables would be shorter to write: it takes a quarter longer for short lines (W3). W1 to W10 are the workloads
 * of benchmarks/parser/workloads.ts.
 */
export class EventParser implements EventSourceParser {
  readonly #config: ParserConfig
  readonly #maxBuffer: number
  readonly #maxField: number

  /** How the next bytes are decoded: as the stream's first ones (2), or as the last ones were, ASCII (0) or not (1). */
  #decoding: Decoding = 2
  /** The bytes so far of the character that the last chunk cut. */
  #cut: Uint8Array | undefined

  // What "interpreting an event stream" calls the buffers; undefined where the block had no such field.
  #data: string | undefined
  #event: string | undefined
  #id: string | undefined
  /**
   * The line that the last chunk left unfinished. Undefined while it is of no use and its pieces are dropped. Null while it
   * is a data line whose pieces go straight to the data: to hold it and cut its name off at its end would copy all of it
   * (one event of 32 MiB).
   */
  #rest: string | null | undefined = ''
  /** The field that the unfinished line begins with. */
  #beginning: Beginning | undefined
  /** The last chunk ended in CR: an LF that opens the next one belongs to it. */
  #afterCr: boolean | undefined
  /** The most bytes that the data can have by now. Over `maxBufferSize`, what is held is counted anew. */
  #bound = 0
  /** A limit was passed, and ended parsing: nothing more is read until `reset()`. */
  #failure: ParseError | undefined

  constructor(config: ParserConfig) {
    this.#maxField = config.maxFieldSize ?? 2 ** 16
    this.#maxBuffer = config.maxBufferSize ?? 2 ** 24
    this.#config = config
  }

  // Functions of their own: both have to work without their object.
  readonly feed = (chunk: Chunk): void => {
    if (this.#failure) throw this.#failure
    this.#read(chunk)
  }

  readonly reset = (options?: { consume?: boolean | undefined }): void => {
    const cut = this.#flush()
    if (options?.consume) this.#endLine(cut)
    this.#failure = this.#data = this.#event = this.#id = undefined
    this.#rest = ''
    this.#decoding = 2
  }

  get pending(): number {
    // The data has an LF after each line by the standard, ours only between lines.
    return utf8Length(this.#data?.concat('\n'), this.#rest, this.#event, this.#id)
  }

  /**
   * The stream's first text without its byte order mark; empty until the first character is known. Of bytes, the decoder
   * drops it.
   *
   * [spec] Exactly one leading U+FEFF BYTE ORDER MARK is dropped. Text may also have it as the three characters that a
   * "binary string" makes of its bytes.
   */
  #open(text: string): string {
    const first = this.#rest + text
    // It may turn out to be part of a mark; else it is part of the first line.
    if ('\xEF\xBB'.startsWith(first)) {
      this.#rest = first
      return ''
    }
    this.#rest = ''
    this.#decoding = 1
    return first.replace(/^\uFEFF|^\xEF\xBB\xBF/, '')
  }

  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  #flush(): string {
    const cut = this.#cut
    this.#cut = undefined
    return cut ? decode(cut, 0) : ''
  }

  /**
   * All that nearly every chunk needs, in one function: JavaScriptCore inlines no function longer than #append(), and
   * calls would be a twentieth of a small chunk's time there (W1 at one event a chunk).
   */
  #read(chunk: Chunk): void {
    let bytes: Uint8Array | undefined
    let text: string
    if (typeof chunk === 'string') {
      text = this.#flush() + chunk
      if (this.#decoding === 2) text = this.#open(text)
      else this.#decoding = 1
    } else {
      bytes = asBytes(chunk)
      if (this.#cut) bytes = joined(this.#cut, bytes)
      const end = endOfWhole(bytes)
      this.#cut = undefined
      if (end < bytes.length) {
        // A copy: the chunk's memory belongs to whoever fed it, who may use it again.
        this.#cut = bytes.slice(end)
        // `subarray()` would give the same, in more time (W10 in chunks of 61 bytes).
        bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, end)
      }
      text = decode(bytes, this.#decoding)
      // As many characters as bytes, never more: each is one byte. That may be an ill-formed byte, too, which has become U+FFFD.
      if (end) this.#decoding = text.length < end ? 1 : 0
    }
    // If the text is ASCII its bytes serve as well: each character is the byte at the same index.
    const ascii = this.#decoding ? undefined : bytes
    const length = text.length
    if (length === 0) return
    // 10 is LF, 13 CR, 32 SPACE, 58 COLON. Named constants would be read from memory at each step of the loop.
    let start = this.#afterCr && codeAt(text, ascii, 0) === 10 ? 1 : 0
    // A lone CR ends its line at once; whether it is half of a CRLF shows later.
    this.#afterCr = codeAt(text, ascii, length - 1) === 13
    // -1 becomes the largest index of all, so that the smaller of two is the nearer one. The first search names no place
    // to start at: JavaScriptCore is quicker so (W1 at one event a chunk).
    let lf = text.indexOf('\n') & (-1 >>> 1)
    let cr = text.indexOf('\r') & (-1 >>> 1)
    do {
      // What was found and not yet reached stays valid: to search again for each line would be quadratic.
      if (lf < start) lf = text.indexOf('\n', start) & (-1 >>> 1)
      if (cr < start) cr = text.indexOf('\r', start) & (-1 >>> 1)
      const end = lf < cr ? lf : cr
      if (end > length) return this.#keep(text.slice(start))
      let next = lf === end + 1 ? end + 2 : end + 1
      const blank = start === end
      // The last line of a chunk is treated as one that the chunk cuts. A path of its own would be taken seldom: V8 would
      // not have seen it when it compiles this, and compile all of it again in the middle of a stream.
      if ((next >= length && !blank) || this.#rest !== '') this.#endLine(text.slice(start, end))
      else if (blank) this.#dispatch()
      else if (ascii ? isDataField(ascii, start) : text.startsWith('data:', start)) {
        const value = this.#value(text, ascii, start + 5, end)
        // The last line of nearly every event: its blank line is in sight (W1, W2, W3).
        if (codeAt(text, ascii, next) === 10) {
          next++
          // Mostly it is the only line, too. Far from the limit it need not be held first, nor #dispatch() be called.
          if ((this.#data ?? this.#id) === undefined && ascii && end - start <= this.#maxBuffer) {
            const event = this.#event
            this.#event = undefined
            this.#config.onEvent?.({ id: undefined, event: event || undefined, data: value })
          } else {
            this.#append(value)
            this.#dispatch()
          }
        } else this.#append(value)
      } else if (ascii && end - start <= this.#maxField && isEventField(ascii, start)) {
        this.#event = this.#value(text, ascii, start + 6, end)
      } else if (ascii && end - start <= this.#maxField && isIdField(ascii, start)) {
        this.#setId(this.#value(text, ascii, start + 3, end))
        // Comments that nobody reads are frequent (W4).
      } else if (codeAt(text, ascii, start) !== 58 || this.#config.onComment) {
        this.#readLine(text.slice(start, end))
      }
      start = next
    } while (start < length && !this.#failure)
  }

  /** Any line but a blank one, as the standard processes it. */
  #readLine(line: string | null | undefined): void {
    if (!line) return
    const nameEnd = line.indexOf(':') >>> 0
    const name = line.slice(0, nameEnd)
    const value = this.#value(line, undefined, nameEnd + 1, line.length)
    if (name === 'data') this.#append(value)
    else if (name === 'retry' && /^\d+$/.test(value)) {
      // [spec] If the field value consists of only ASCII digits, then interpret the field value as an integer in
      // base ten, and set the event stream's reconnection time to that integer.
      this.#config.onRetry?.(+value)
    } else if (name && name !== 'event' && name !== 'id') {
      // [spec] Otherwise, the field is ignored.
      this.#config.onError?.(ignored(name, value, line))
    } else if (
      (name || this.#config.onComment) &&
      value.length * 3 > this.#maxField &&
      utf8Length(value) > this.#maxField
    ) {
      this.#fail('maxFieldSize', this.#maxField)
    } else if (name === '') this.#config.onComment?.(value)
    else if (name === 'id') this.#setId(value)
    // [spec] Set the event type buffer to the field value.
    else this.#event = value
  }

  /** A field's value. [spec] If value starts with a U+0020 SPACE character, remove it from value. */
  #value(text: string, ascii: Uint8Array | undefined, at: number, end: number): string {
    const value = text.slice(at < end && codeAt(text, ascii, at) === 32 ? at + 1 : at, end)
    // A copy owns its characters. A slice of a chunk keeps the whole chunk in memory; a slice of a string made for it
    // keeps one character more.
    return this.#config.detach ? ` ${value}`.slice(1) : value
  }

  #setId(value: string): void {
    // [spec] If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
    // Otherwise, ignore the field.
    if (!value.includes('\0')) this.#id = value
  }

  /** [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF). */
  #append(value: string): void {
    // The last LF is never there: the standard removes it on dispatch.
    this.#data = this.#data === undefined ? value : this.#data + '\n' + value
    this.#hold(value)
  }

  /** [spec] Dispatch the event, when a blank line ends the block. */
  #dispatch(): void {
    const id = this.#id
    const event = this.#event
    const data = this.#data
    this.#data = this.#event = this.#id = undefined
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    if (id !== undefined) this.#config.onId?.(id)
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty
    // string and return.
    if (data !== undefined) this.#config.onEvent?.({ id, event: event || undefined, data })
  }

  #fail(option: LimitOption, limit: number): void {
    this.reset()
    this.#failure = limitPassed(option, limit)
    this.#config.onError?.(this.#failure)
  }

  /** Ends the unfinished line. Only this one is joined: to join what is left over with the whole chunk would copy it. */
  #endLine(piece: string): void {
    this.#keep(piece, true)
    const line = this.#rest
    this.#rest = ''
    // Also where nothing is left to read: a call made seldom is one that V8 has not seen when it compiles #read().
    this.#readLine(line)
  }

  /**
   * Takes a piece of the unfinished line. The value of a data line goes straight to the data, and what can only be ignored
   * is dropped. `ended`: this is the last piece, after which the line is complete in `#rest`.
   */
  #keep(piece: string, ended?: boolean): void {
    const held = this.#rest
    if (held === null) {
      if (ended) this.#rest = ''
      this.#data += this.#config.detach ? ` ${piece}`.slice(1) : piece
      this.#hold(piece)
    } else if (held !== undefined) {
      const rest = (this.#rest = held + piece)
      if (ended) return
      // Only while the line is short: reading it off a long line would copy that line for each piece.
      const beginning = (this.#beginning = held.length < 6 ? beginningOf(rest) : this.#beginning)
      // With the first character of the value, so that it is known whether a space is to be removed.
      if (beginning === 'data:' && rest.length > 6) {
        this.#rest = null
        return this.#readLine(rest)
      }
      // Nobody wants this line: a comment that is not read, or no field at all and longer than `maxUnknownSize`.
      if (
        !(beginning === ':'
          ? this.#config.onComment
          : (beginning ?? (this.#config.maxUnknownSize ?? 0) >= rest.length))
      ) {
        this.#rest = undefined
      }
      // There are at least as many bytes as characters; when the line ends they are counted.
      else if (beginning && rest.length - 7 > this.#maxField) this.#fail('maxFieldSize', this.#maxField)
      else if (rest.length > this.#maxBuffer) this.#fail('maxBufferSize', this.#maxBuffer)
    }
  }

  /**
   * Takes note of more data, of three bytes a character at most. What is held is counted only when it might be too much,
   * which is seldom; and other lines are not noted: a block of 16 MiB less a byte would be counted anew, for 20 ms, at each
   * comment behind it. Each piece counts 24 more: added to the data it takes V8 32 to 64 bytes, until the data is made one
   * string again, which counting it alone does. Lines of one character took nine times as much as they held.
   */
  #hold(text: string): void {
    this.#bound += text.length * (this.#decoding ? 3 : 1) + 24
    if (this.#bound > this.#maxBuffer) {
      this.#bound = utf8Length(this.#data) + utf8Length(this.#rest ?? 'data:')
      if (this.#bound > this.#maxBuffer) this.#fail('maxBufferSize', this.#maxBuffer)
    }
  }
}

/** Bytes are read faster than characters. To read beyond the end, even once, makes V8 slower at all of this. */
function codeAt(text: string, ascii: Uint8Array | undefined, at: number): number | undefined {
  return ascii ? ascii[at] : text.charCodeAt(at)
}
