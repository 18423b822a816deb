import { EventStreamError } from './event-stream-error.ts'

/** A mistake in the options, for whoever made them. */
export function invalid(message: string): EventStreamError {
  return new EventStreamError({ code: 'invalid-option', message })
}

export function checkNumber(name: string, value: unknown, minimum: number): void {
  if (value === undefined || (typeof value === 'number' && value >= minimum)) return
  throw invalid(`\`${name}\` must be a number from ${minimum}; it is ${String(value)}`)
}
