import { EventStreamError } from './event-stream-error.ts'

/** A mistake in the options, for whoever made them. */
export function invalid(message: string, cause?: unknown): EventStreamError {
  return new EventStreamError({ code: 'invalid-option', message, cause })
}

/** A function among the options threw, whatever it was. */
export function threw(name: string, cause: unknown): EventStreamError {
  return invalid(`\`${name}\` threw an error; see \`cause\``, cause ?? null)
}

export function checkNumber(name: string, value: unknown, minimum: number): void {
  if (value === undefined || (typeof value === 'number' && value >= minimum)) return
  throw invalid(`\`${name}\` must be a number from ${minimum}; it is ${String(value)}`)
}
