import { ParseError } from './errors.ts'
import type { LimitOption } from './errors.ts'
import type { ParserLimits } from './types.ts'

/** Bytes of UTF-8. */
export type Limits = Record<LimitOption, number>

const defaultLimits: Limits = {
  maxBufferSize: 16 * 1024 * 1024,
  maxFieldSize: 64 * 1024,
}

export function limitsOf({
  maxBufferSize = defaultLimits.maxBufferSize,
  maxFieldSize = defaultLimits.maxFieldSize,
}: ParserLimits): Limits {
  return { maxBufferSize, maxFieldSize }
}

export function limitExceeded(option: LimitOption, limit: number): ParseError {
  const what = option === 'maxBufferSize' ? 'buffer' : 'field'
  return new ParseError(`Exceeded the max ${what} size of ${limit} bytes (${option}); reset() starts anew`, {
    type: `max-${what}-size-exceeded`,
    option,
  })
}
