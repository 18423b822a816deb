export type ErrorType =
  | 'invalid-retry'
  | 'unknown-field'
  | 'max-buffer-size-exceeded'
  | 'max-field-size-exceeded'

/** The option whose limit the stream has passed. */
export type LimitOption = 'maxBufferSize' | 'maxFieldSize'

export interface ParseErrorOptions {
  type: ErrorType
  field?: string | undefined
  value?: string | undefined
  line?: string | undefined
  option?: LimitOption | undefined
}

/** What was wrong in the stream. Given to `onError`; thrown by `feed()` only once a limit was passed. */
export class ParseError extends Error {
  type: ErrorType
  /** `unknown-field`: the field's name. */
  field: string | undefined
  /** `unknown-field`, `invalid-retry`: the field's value. */
  value: string | undefined
  /** `unknown-field`, `invalid-retry`: the whole line. */
  line: string | undefined
  /** A limit: the option to raise. */
  option: LimitOption | undefined

  constructor(message: string, options: ParseErrorOptions) {
    super(message)
    this.name = 'ParseError'
    this.type = options.type
    this.field = options.field
    this.value = options.value
    this.line = options.line
    this.option = options.option
  }
}
