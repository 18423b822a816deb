import type { ServerErrorFacts } from '../../core/failure.ts'
import { memberOf } from '../../core/member-of.ts'
import { jsonIn } from '../json-in.ts'

/**
 * The error in a JSON value, or null: `{ error: { message, type, code, status } }` (OpenAI, Anthropic, Google and
 * those who follow them), `{ error: 'text' }`, and a list of one such value (Google).
 */
export function serverErrorIn(value: unknown): ServerErrorFacts | null {
  const whole = Array.isArray(value) ? (value[0] as unknown) : value
  const error = memberOf(whole, 'error')
  // Some services send an empty one with each chunk.
  if (!error) return null
  const [message, type, code, status] = ['message', 'type', 'code', 'status'].map((name) =>
    memberOf(error, name),
  )
  const kind = [type, status, code].find((name) => typeof name === 'string')
  const number = [code, status, memberOf(whole, 'status')].find(isStatus)
  return {
    message: [error, message].find((text) => typeof text === 'string') ?? kind ?? 'no message',
    ...(kind !== undefined && { type: kind }),
    ...(number !== undefined && { status: number }),
  }
}

/** The error in the body of a refused reply, if it is JSON. */
export function serverErrorInText(text: string): ServerErrorFacts | null {
  return serverErrorIn(jsonIn(text))
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && value >= 400 && value < 600
}
