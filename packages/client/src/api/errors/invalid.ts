import { EventStreamError } from './event-stream-error.ts'

/** The error of a mistake in the options. */
export function invalid(message: string, cause?: unknown): EventStreamError {
  return new EventStreamError({ code: 'invalid-option', message, cause })
}

/** The error where a function among the options threw; `cause` may be anything. */
export function threw(name: string, cause: unknown): EventStreamError {
  return invalid(`\`${name}\` threw an error; see \`cause\``, cause ?? null)
}

export function checkNumber(name: string, value: unknown, minimum: number): void {
  if (value === undefined || (typeof value === 'number' && value >= minimum)) return
  throw invalid(`\`${name}\` must be a number from ${minimum}, not ${String(value)}`)
}
