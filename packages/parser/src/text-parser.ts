import { asBytes } from './bytes.ts'
import { Decoder } from './decoder.ts'
import { ignored, limitPassed } from './errors.ts'
import { beginningOf, isDataField, isEventField, isIdField } from './field-name.ts'
import { utf8Length } from './utf8-length.ts'
import type { LimitOption, ParseError } from './errors.ts'
import type { Beginning } from './field-name.ts'
import type { Chunk, EventSourceParser, ParserConfig } from './types.ts'

/** Text to lines to fields to events. A class, since an object literal with a getter takes 0.3 kB more in V8. */
export class TextParser extends Decoder implements EventSourceParser {
  readonly #config: ParserConfig
  readonly #maxBuffer: number
  readonly #maxField: number

  // What "interpreting an event stream" calls the buffers; undefined where the block had no such field.
  #data: string | undefined
  #event: string | undefined
  #id: string | undefined
  /** The line that the last chunk left unfinished; undefined while it is dropped as it comes. */
  #rest: string | undefined = ''
  /** What it begins with. */
  #beginning: Beginning | undefined
  /** The last chunk ended in CR: an LF that opens the next one belongs to it. */
  #afterCr = false
  /** Bytes that may surely come before `maxBufferSize` is passed. */
  #room: number
  /** A limit was passed, and ended parsing: nothing more is read until `reset()`. */
  #failure: ParseError | undefined

  constructor(config: ParserConfig) {
    super()
    const { maxBufferSize = 2 ** 24, maxFieldSize = 2 ** 16 } = config
    this.#config = config
    this.#maxBuffer = this.#room = maxBufferSize
    this.#maxField = maxFieldSize
  }

  // Functions of their own: both have to work without their object.
  readonly feed = (chunk: Chunk): void => {
    if (this.#failure) throw this.#failure
    if (typeof chunk === 'string') this.open(this.flush() + chunk, undefined, true)
    else this.decode(asBytes(chunk))
  }

  readonly reset = ({ consume }: { consume?: boolean | undefined } = {}): void => {
    const cut = this.flush()
    if (consume && (this.#rest !== '' || cut)) this.open(`${cut}\n`)
    this.#data = this.#event = this.#id = this.#failure = undefined
    this.#rest = ''
    this.#room = this.#maxBuffer
    this.startOver()
  }

  get pending(): number {
    // The data has an LF after each line by the standard, ours only between lines.
    return utf8Length(this.#data?.concat('\n'), this.#rest, this.#event, this.#id)
  }

  override read(text: string, ascii?: Uint8Array): void {
    const { length } = text
    if (length === 0) return
    // 10 is LF, 13 CR, 32 SPACE. As named constants they would be read from memory at each step of the loop.
    let start = this.#afterCr && codeAt(text, ascii, 0) === 10 ? 1 : 0
    // A lone CR ends its line at once; whether it is half of a CRLF shows later.
    this.#afterCr = codeAt(text, ascii, length - 1) === 13
    let unfinished = this.#rest !== ''
    // A character is three bytes at most.
    const width = ascii ? 1 : 3
    // -1 becomes the largest index of all, so that the smaller of two is the nearer one. The first search names no place
    // to start at: JavaScriptCore is quicker so (W1 at one event a chunk).
    let lf = text.indexOf('\n') & 0x7fffffff
    let cr = text.indexOf('\r') & 0x7fffffff
    while (start < length && !this.#failure) {
      // What was found and not yet reached stays valid: to search again for each line would be quadratic.
      if (lf < start) lf = text.indexOf('\n', start) & 0x7fffffff
      if (cr < start) cr = text.indexOf('\r', start) & 0x7fffffff
      const end = lf < cr ? lf : cr
      if (end > length) return this.#keep(text.slice(start), width)
      let next = lf === end + 1 ? end + 2 : end + 1
      if (unfinished) {
        unfinished = false
        const rest = this.#rest
        this.#rest = ''
        this.#room -= (end - start) * width
        // Only this one line is joined: joining what is left over with the whole chunk would copy the chunk.
        if (rest !== undefined) this.#readLine(rest + text.slice(start, end))
      } else if (start === end) this.#dispatch(this.#data)
      else if (ascii ? isDataField(ascii, start) : text.startsWith('data:', start)) {
        this.#append(valueAt(text, ascii, start + 5, end), width)
        const following = next < length ? codeAt(text, ascii, next) : 0
        // The last line of nearly every event: its blank line is in sight (W1, W2, W3).
        if (following === 13 || following === 10) {
          next += following === 13 && next + 1 < length && codeAt(text, ascii, next + 1) === 10 ? 2 : 1
          this.#dispatch(this.#data)
        }
      } else if (ascii && end - start <= this.#maxField && isEventField(ascii, start)) {
        this.#event = valueAt(text, ascii, start + 6, end)
      } else if (ascii && end - start <= this.#maxField && isIdField(ascii, start)) {
        this.#setId(valueAt(text, ascii, start + 3, end))
        // Comments that nobody reads are frequent (W4).
      } else if (codeAt(text, ascii, start) !== 58 || this.#config.onComment) {
        this.#readLine(text.slice(start, end))
      }
      start = next
    }
  }

  /** Any line but a blank one, as the standard processes it. */
  #readLine(line: string): void {
    const nameEnd = line.indexOf(':') & 0x7fffffff
    const name = line.slice(0, nameEnd)
    const value = valueAt(line, undefined, nameEnd + 1, line.length)
    if (name === 'data') this.#append(value, 0)
    else if (name === 'retry' && /^\d+$/.test(value)) {
      // [spec] If the field value consists of only ASCII digits, then interpret the field value as an integer in
      // base ten, and set the event stream's reconnection time to that integer.
      this.#config.onRetry?.(Number(value))
    } else if (name !== '' && name !== 'event' && name !== 'id') {
      // [spec] Otherwise, the field is ignored.
      this.#config.onError?.(ignored(name, value, line))
    } else if (value.length * 3 > this.#maxField && utf8Length(value) > this.#maxField) {
      this.#fail('maxFieldSize', this.#maxField)
    } else if (name === '') this.#config.onComment?.(value)
    // [spec] Set the event type buffer to the field value.
    else if (name === 'event') this.#event = value
    else this.#setId(value)
  }

  #setId(value: string): void {
    // [spec] If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
    // Otherwise, ignore the field.
    if (!value.includes('\0')) this.#id = value
  }

  /**
   * [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF).
   *
   * `width` is the bytes of a character, at most; 0 if they were counted as they came.
   */
  #append(value: string, width: number): void {
    // The last LF is never there: the standard removes it on dispatch.
    this.#data = this.#data === undefined ? value : this.#data + '\n' + value
    this.#hold(value.length * width + 1)
  }

  /** [spec] Dispatch the event, when a blank line ends the block. */
  #dispatch(data: string | undefined): void {
    const config = this.#config
    let id = this.#id
    let event = this.#event || undefined
    this.#data = this.#event = this.#id = undefined
    this.#room = this.#maxBuffer
    if (config.detach) {
      data &&= detached(data)
      event &&= detached(event)
      id &&= detached(id)
    }
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    if (id !== undefined) config.onId?.(id)
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty
    // string and return.
    if (data !== undefined) config.onEvent?.({ id, event, data })
  }

  /** Keeps a piece of the unfinished line, unless that line can only be ignored. */
  #keep(piece: string, width: number): void {
    if (this.#rest === undefined) return
    const { onComment, onError, maxUnknownSize = 0 } = this.#config
    // Later, to read it off the line would copy all of the line each time.
    if (this.#rest.length < 6) this.#beginning = beginningOf(this.#rest + piece.slice(0, 6))
    const beginning = this.#beginning
    this.#rest += piece
    const { length } = this.#rest
    const wanted = beginning === ':' ? onComment : (beginning ?? (onError && length <= maxUnknownSize))
    if (!wanted) this.#rest = undefined
    // There are at least as many bytes as characters; when the line ends they are counted.
    else if (beginning && beginning !== 'data:' && length > this.#maxField + 7) {
      this.#fail('maxFieldSize', this.#maxField)
    } else this.#hold(piece.length * width)
  }

  /** So many bytes came, at most. What is held is counted only when it may be too much, so seldom. */
  #hold(bytes: number): void {
    this.#room -= bytes
    if (this.#room < 0) {
      this.#room = this.#maxBuffer - utf8Length(this.#data, this.#rest)
      if (this.#room < 0) this.#fail('maxBufferSize', this.#maxBuffer)
    }
  }

  #fail(option: LimitOption, limit: number): void {
    this.reset()
    this.#failure = limitPassed(option, limit)
    this.#config.onError?.(this.#failure)
  }
}

/** A field's value. [spec] If value starts with a U+0020 SPACE character, remove it from value. */
function valueAt(text: string, ascii: Uint8Array | undefined, at: number, end: number): string {
  return text.slice(at < end && codeAt(text, ascii, at) === 32 ? at + 1 : at, end)
}

/** Bytes are read faster than characters. To ask for one behind the end, even once, makes all reading slower. */
function codeAt(text: string, ascii: Uint8Array | undefined, at: number): number {
  return ascii ? (ascii[at] ?? 0) : text.charCodeAt(at)
}

/**
 * A copy that owns its characters. A slice of a chunk keeps the whole chunk in memory; a slice of a string made for
 * it keeps one character more.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1)
}
