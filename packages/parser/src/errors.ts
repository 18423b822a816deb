/** The first two are what the standard ignores; the others end parsing until `reset()`. */
export type ErrorType =
  | 'invalid-retry'
  | 'unknown-field'
  | 'max-buffer-size-exceeded'
  | 'max-field-size-exceeded'

/** The option whose limit the stream has passed. */
export type LimitOption = 'maxBufferSize' | 'maxFieldSize'

/** The parts of a `ParseError` beside its message. */
export interface ParseErrorOptions {
  type: ErrorType
  field?: string | undefined
  value?: string | undefined
  line?: string | undefined
  option?: LimitOption | undefined
}

/** What was wrong in the stream, told apart by `type`. Given to `onError`; thrown by `feed()` only once a limit was passed. */
export class ParseError extends Error {
  override name: string = 'ParseError'
  declare type: ErrorType
  /** `unknown-field`: the field's name. */
  declare field: string | undefined
  /** `unknown-field`, `invalid-retry`: the field's value. */
  declare value: string | undefined
  /** `unknown-field`, `invalid-retry`: the whole line. */
  declare line: string | undefined
  /** A limit: the option to raise. */
  declare option: LimitOption | undefined

  constructor(message: string, options: ParseErrorOptions) {
    super(message)
    Object.assign(this, options)
  }
}

/** What the standard ignores: an unknown field, or a `retry` that is no number. */
export function ignored(field: string, value: string, line: string): ParseError {
  return field === 'retry'
    ? new ParseError(`Invalid \`retry\` value: "${value.slice(0, 20)}"`, {
        type: 'invalid-retry',
        field,
        value,
        line,
      })
    : new ParseError(`Unknown field "${field.slice(0, 20)}"`, { type: 'unknown-field', field, value, line })
}

export function limitPassed(option: LimitOption, limit: number): ParseError {
  return option === 'maxFieldSize'
    ? new ParseError(`Exceeded max field size: ${limit} bytes`, { type: 'max-field-size-exceeded', option })
    : new ParseError(`Exceeded max buffer size: ${limit} bytes`, {
        type: 'max-buffer-size-exceeded',
        option,
      })
}
