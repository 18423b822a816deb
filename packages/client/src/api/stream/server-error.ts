import type { ServerErrorFacts } from '../../core/failure.ts'

/**
 * The error in a JSON value, or null: `{ error: { message, type, code, status } }` (OpenAI, Anthropic, Google and
 * those who follow them), `{ error: 'text' }`, and a list of one such value (Google).
 */
export function serverErrorIn(value: unknown): ServerErrorFacts | null {
  const whole = Array.isArray(value) ? (value[0] as unknown) : value
  const error = member(whole, 'error')
  if (error === undefined || error === null || error === false) return null
  const [message, type, code, status] = ['message', 'type', 'code', 'status'].map((name) =>
    member(error, name),
  )
  const kind = [type, status, code].find((name) => typeof name === 'string')
  const number = [code, status, member(whole, 'status')].find(isStatus)
  return {
    message: [error, message].find((text) => typeof text === 'string') ?? kind ?? 'without a message',
    ...(kind === undefined ? {} : { type: kind }),
    ...(number === undefined ? {} : { status: number }),
  }
}

/** The error in the body of a refused reply, if it is JSON. */
export function serverErrorInText(text: string): ServerErrorFacts | null {
  try {
    return serverErrorIn(JSON.parse(text))
  } catch {
    return null
  }
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && value >= 400 && value < 600
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
