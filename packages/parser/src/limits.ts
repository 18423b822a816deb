import { ParseError } from './errors.ts'
import type { LimitOption } from './errors.ts'
import type { ParserLimits } from './types.ts'

export const defaultLimits: Required<{ [Option in keyof ParserLimits]: number }> = {
  maxBufferSize: 16 * 1024 * 1024,
  maxFieldSize: 64 * 1024,
}

const limitErrors = {
  maxBufferSize: ['max-buffer-size-exceeded', 'max buffer size'],
  maxFieldSize: ['max-field-size-exceeded', 'max field size'],
} as const

export function limitExceeded(option: LimitOption, limit: number): ParseError {
  const [type, words] = limitErrors[option]
  return new ParseError(
    `The stream exceeded the ${words} of ${limit} bytes (\`${option}\`). Call \`reset()\` to parse another.`,
    { type, option },
  )
}
