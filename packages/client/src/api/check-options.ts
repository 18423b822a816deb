import { EventStreamError } from './event-stream-error.ts'
import type { ConnectionOptions } from './options.ts'
import type { AnyOptions } from './decode/typing.ts'

/** The least that the numbers of a group may be, and of those that differ. Infinity turns a limit off where that makes sense. */
const leastOf = { retry: 0, timeouts: 1, limits: 1 }
const least: Readonly<Record<string, number>> = { factor: 1, maxAttempts: 1 }
const noNumbers = new Set(['statuses', 'unsafe', 'when'])

/** Mistakes in the options, found at the call: only there the stack shows who made them. */
function checkConnectionOptions(options: ConnectionOptions): void {
  for (const [group, leastOfGroup] of Object.entries(leastOf)) {
    for (const [name, value] of Object.entries(Reflect.get(options, group) ?? {})) {
      if (!noNumbers.has(name)) checkNumber(`${group}.${name}`, value, least[name] ?? leastOfGroup)
    }
  }
  checkLine('lastEventId', options.lastEventId)
  if (typeof options.headers !== 'function') headersOf(options.headers)
}

export function checkStreamOptions(options: AnyOptions): void {
  checkConnectionOptions(options)
  const { json, body, method, cursor, resume, until } = options
  if (json !== undefined && body !== undefined && body !== null) {
    throw invalid('`json` and `body` are given: one of them is the body, leave out the other')
  }
  const bodiless = method !== undefined && /^(get|head)$/i.test(method)
  if (bodiless && (json !== undefined || (body !== undefined && body !== null))) {
    throw invalid('A GET request has no body: leave out `json` and `body`, or set method: "POST"')
  }
  if (cursor !== undefined && resume === undefined && options.protocol?.resume === undefined) {
    throw invalid('`cursor` needs `resume`: it says how a request goes on from there')
  }
  if (cursor !== undefined && (typeof cursor.lastEventId !== 'string' || !(cursor.events >= 0))) {
    throw invalid('`cursor` must be what `stream.cursor` was, as JSON: { lastEventId, events }')
  }
  checkLine('idempotencyKey', options.idempotencyKey)
  if (typeof until === 'object' && 'event' in until && until.event.length === 0) {
    throw invalid('`until.event` names no event: give a name, or leave out `until`')
  }
}

/** What a request can carry of these headers; an app's mistake is told without the value, which may be a secret. */
export function headersOf(given: HeadersInit | undefined): Headers {
  try {
    const headers = new Headers(given)
    // happy-dom takes any value.
    if (![...headers.values()].some((value) => /[\0\r\n]/.test(value))) return headers
  } catch {
    // The engine's words repeat the value.
  }
  throw invalid(
    '`headers` holds a name or a value that no request can carry: a line end, a character beyond Latin-1, an odd name. Encode it first',
  )
}

export function invalid(message: string): EventStreamError {
  return new EventStreamError({ code: 'invalid-option', message })
}

function checkNumber(name: string, value: unknown, minimum: number): void {
  if (value === undefined || (typeof value === 'number' && value >= minimum)) return
  throw invalid(`\`${name}\` must be a number from ${minimum}, or left out; it is ${String(value)}`)
}

/** What becomes a header must stay on its line. */
function checkLine(name: string, value: string | undefined): void {
  if (value !== undefined && /[\r\n\0]/.test(value)) {
    throw invalid(`\`${name}\` holds a line end or U+0000, which no header can carry`)
  }
}
