import type { EventStreamError } from './event-stream-error.ts'

/** By its name, not its class: a program that both imports and requires the package has the class twice. */
export function isStreamError(error: unknown): error is EventStreamError {
  return error instanceof Error && error.name === 'EventStreamError'
}
