import { EventStreamError } from './event-stream-error.ts'
import { isHeaderValue } from './header-value.ts'
import { misfitIn } from './option-shapes.ts'
import type { ConnectionOptions } from './options.ts'
import type { AnyOptions } from './decode/typing.ts'

/** The least that the numbers of a group may be, and of those that differ. Infinity turns a limit off where that makes sense. */
const leastOf = { retry: 0, timeouts: 1, limits: 1 }
const least: Readonly<Record<string, number>> = { factor: 1, maxAttempts: 1 }
const noNumbers = new Set(['statuses', 'unsafe', 'when'])

/** Mistakes in the options, found at the call: only there the stack shows who made them. */
export function checkConnectionOptions(options: ConnectionOptions): void {
  const misfit = misfitIn(options)
  if (misfit !== null) throw invalid(misfit)
  for (const [group, leastOfGroup] of Object.entries(leastOf)) {
    for (const [name, value] of Object.entries(Reflect.get(options, group) ?? {})) {
      if (!noNumbers.has(name)) checkNumber(`${group}.${name}`, value, least[name] ?? leastOfGroup)
    }
  }
  if (/[\r\n\0]/.test(options.lastEventId ?? '')) {
    throw invalid('`lastEventId` holds a line end or U+0000, which no event ID can')
  }
  if (typeof options.headers !== 'function') headersOf(options.headers)
  if (hasBody(options.body) && /^(get|head)$/i.test(options.method ?? 'GET')) throw bodyOfGet()
}

export function checkStreamOptions(options: AnyOptions): void {
  if (typeof options !== 'object' || options === null) throw invalid('The options must be an object')
  const { json, body, method, resume, until } = options
  const cursor = options.cursor ?? undefined
  if (json !== undefined && hasBody(body)) {
    throw invalid('`json` and `body` are given: one of them is the body, leave out the other')
  }
  checkConnectionOptions(options)
  if (json !== undefined && /^(get|head)$/i.test(method ?? 'POST')) throw bodyOfGet()
  if (cursor !== undefined && !resume && !options.protocol?.resume) {
    throw invalid('`cursor` needs `resume`: it says how a request goes on from there')
  }
  if (cursor !== undefined && (typeof cursor.lastEventId !== 'string' || !(cursor.events >= 0))) {
    throw invalid('`cursor` must be what `stream.cursor` was, as JSON: { lastEventId, events }')
  }
  const key = options.idempotencyKey ?? 'none'
  if (key === '' || !isHeaderValue(key)) {
    throw invalid(
      '`idempotencyKey` is empty, or holds what no header can carry: a control character, or one beyond Latin-1',
    )
  }
  if (typeof until === 'object' && until !== null && 'event' in until && until.event.length === 0) {
    throw invalid('`until.event` names no event: give a name, or leave out `until`')
  }
}

function hasBody(body: ConnectionOptions['body']): boolean {
  return body !== undefined && body !== null
}

function bodyOfGet(): EventStreamError {
  return invalid('A GET request has no body: leave out `json` and `body`, or set method: "POST"')
}

/** What a request can carry of these headers; an app's mistake is told without the value, which may be a secret. */
export function headersOf(given: HeadersInit | undefined): Headers {
  try {
    const headers = new Headers(given ?? undefined)
    if ([...headers.values()].every(isHeaderValue)) return headers
  } catch {
    // The engine's words repeat the value.
  }
  throw invalid(
    '`headers` holds a name or a value that no request can carry: a control character, one beyond Latin-1, an odd name. Encode it first',
  )
}

/** Fetch knows these methods, and no others that are forbidden to it. */
export function methodOf(given: string): string {
  if (/^[!#$%&'*+.^`|~\w-]+$/.test(given) && !/^(connect|trace|track)$/i.test(given)) return given
  throw invalid('`method` is none that fetch sends')
}

export function invalid(message: string): EventStreamError {
  return new EventStreamError({ code: 'invalid-option', message })
}

function checkNumber(name: string, value: unknown, minimum: number): void {
  if (value === undefined || (typeof value === 'number' && value >= minimum)) return
  throw invalid(`\`${name}\` must be a number from ${minimum}, or left out; it is ${String(value)}`)
}
