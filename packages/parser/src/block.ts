import { ParseError } from './errors.ts'
import { Gathered, utf8Length } from './gathered.ts'
import { limitExceeded } from './limits.ts'
import type { LimitOption } from './errors.ts'
import type { ParserCallbacks, ParserLimits } from './types.ts'

const SPACE = 32
const COLON = 58

/** The fields of the block being read: what "interpreting an event stream" calls the buffers. */
export class Block {
  readonly data: Gathered = new Gathered()
  readonly limits: Required<{ [Option in keyof ParserLimits]: number }>
  readonly on: ParserCallbacks
  #dataLines = 0
  #event: string | undefined
  #id: string | undefined
  /** The limit that ended parsing. */
  passed: LimitOption | undefined

  constructor(on: ParserCallbacks, limits: Block['limits']) {
    this.on = on
    this.limits = limits
  }

  /** Bytes held of the unfinished block; each data line counts its line end. */
  get bytes(): number {
    return (
      this.data.bytes() + (this.#dataLines && 1) + utf8Length(this.#event ?? '') + utf8Length(this.#id ?? '')
    )
  }

  clear(): void {
    this.data.clear()
    this.#dataLines = 0
    this.#event = undefined
    this.#id = undefined
  }

  /** One whole line, without its line end. */
  line(text: string, start: number, end: number): void {
    // [spec] If the line is empty (a blank line): dispatch the event.
    if (start === end) return this.dispatch()
    let colon = start
    while (colon < end && text.charCodeAt(colon) !== COLON) colon++
    // [spec] If the line starts with a U+003A COLON character (:): ignore the line.
    if (colon === start) {
      if (this.on.onComment) this.#comment(text.slice(valueStart(text, colon, end), end))
      return
    }
    // [spec] If value starts with a U+0020 SPACE character, remove it from value.
    const value = text.slice(valueStart(text, colon, end), end)
    this.#field(text.slice(start, colon), value, text, start, end)
  }

  #field(name: string, value: string, text: string, start: number, end: number): void {
    switch (name) {
      case 'data':
        // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF).
        this.#data(value)
        break
      case 'event':
        // [spec] Set the event type buffer to the field value.
        if (this.#fits(value)) this.#event = value || undefined
        break
      case 'id':
        // [spec] If the field value does not contain U+0000 NULL, then set the last event ID buffer to the
        // field value. Otherwise, ignore the field.
        if (this.#fits(value) && !value.includes('\0')) this.#id = value
        break
      case 'retry':
        // [spec] If the field value consists of only ASCII digits, then interpret the field value as an integer
        // in base ten, and set the event stream's reconnection time to that integer.
        if (/^[0-9]+$/.test(value)) this.on.onRetry?.(parseInt(value, 10))
        else this.on.onError?.(invalidRetry(value, text.slice(start, end)))
        break
      default:
        // [spec] Otherwise, the field is ignored.
        this.on.onError?.(unknownField(name, value, text.slice(start, end)))
    }
  }

  #data(value: string): void {
    this.data.add(this.#dataLines++ === 0 ? value : `\n${value}`)
    if (!this.holds(0)) this.fail('maxBufferSize')
  }

  #comment(comment: string): void {
    if (this.#fits(comment)) this.on.onComment?.(comment)
  }

  /** Whether the data so far and a line being received, of so many characters or bytes, is within the limit. */
  holds(characters: number, bytes?: () => number): boolean {
    const most = this.limits.maxBufferSize
    // A character is three bytes at most: counting begins only past a third of the limit.
    return (
      (this.data.text.length + characters) * 3 <= most ||
      this.data.bytes() + (bytes ? bytes() : characters) <= most
    )
  }

  #fits(value: string): boolean {
    const most = this.limits.maxFieldSize
    if (value.length * 3 <= most || utf8Length(value) <= most) return true
    this.fail('maxFieldSize')
    return false
  }

  fail(option: LimitOption): void {
    this.clear()
    this.passed = option
    this.on.onError?.(limitExceeded(option, this.limits[option]))
  }

  /** [spec] Dispatch the event, when a blank line ends the block. */
  dispatch(): void {
    const id = this.#id
    const event = this.#event
    const data = this.data.text
    const empty = this.#dataLines === 0
    this.clear()
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    if (id !== undefined) this.on.onId?.(id)
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty
    // string and return.
    if (!empty) this.on.onEvent?.({ id, event, data })
  }
}

function valueStart(text: string, colon: number, end: number): number {
  return colon + 1 < end && text.charCodeAt(colon + 1) === SPACE ? colon + 2 : Math.min(colon + 1, end)
}

function invalidRetry(value: string, line: string): ParseError {
  return new ParseError(`Invalid \`retry\` value: "${excerpt(value)}"`, {
    type: 'invalid-retry',
    value,
    line,
  })
}

function unknownField(field: string, value: string, line: string): ParseError {
  return new ParseError(`Unknown field "${excerpt(field)}"`, { type: 'unknown-field', field, value, line })
}

function excerpt(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
