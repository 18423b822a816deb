import { given } from './given.ts'
import { isHeaderValue } from './request/header-value.ts'
import { checkNumber, invalid } from './errors/invalid.ts'
import { isGiven } from './is-given.ts'
import type { ConnectionOptions } from './options.ts'
import type { AnyOptions } from './decode/typing.ts'
import type { RequestParts } from './request/request.ts'

/** The least that the numbers of a group may be. Infinity turns a limit off where that makes sense. */
const leastOf = { retry: 0, timeouts: 1, limits: 1 }
/** The least of those that differ from their group. */
const least: Readonly<Record<string, number>> = { factor: 1, maxAttempts: 1 }
const noNumbers = new Set(['statuses', 'unsafe', 'when'])

/** Types whose mistakes would otherwise show late, far from the call and in other words, or never. */
const kinds: Readonly<Record<string, string>> = {
  fetch: 'function',
  observe: 'function',
  // Fetch would send a function's source: the same key for every request.
  idempotencyKey: 'string',
  protocol: 'object',
  timeouts: 'object',
  limits: 'object',
  retry: 'object',
}

/** Throws for mistakes in the options, at the call: only there the stack shows who made them. */
export function checkConnectionOptions(
  options: ConnectionOptions,
  { method, body }: Pick<RequestParts, 'method' | 'body'>,
): void {
  for (const [name, kind] of Object.entries(kinds)) {
    const value: unknown = Reflect.get(options, name)
    if (value && typeof value !== kind) throw invalid(`\`${name}\` must be of type ${kind}`)
  }
  for (const [group, leastOfGroup] of Object.entries(leastOf)) {
    for (const [name, value] of Object.entries(given(Reflect.get(options, group)))) {
      if (!noNumbers.has(name)) checkNumber(`${group}.${name}`, value, least[name] ?? leastOfGroup)
    }
  }
  if (/[\r\n\0]/.test(options.lastEventId ?? '')) {
    throw invalid('`lastEventId` holds a character that no request can carry')
  }
  if (isGiven(body) && /^(GET|HEAD)$/.test(method)) {
    throw invalid('A GET has no body: set method: "POST"')
  }
  // Fetch would send `[object Object]`.
  if (body?.constructor === Object) throw invalid('`body` is an object: JSON.stringify() it')
}

export function checkStreamOptions(options: AnyOptions, parts: RequestParts): void {
  const { json, body, cursor, resume } = options
  if (json !== undefined && isGiven(body)) {
    throw invalid('`json` and `body`: leave one out')
  }
  checkConnectionOptions(options, parts)
  if (isGiven(cursor)) {
    if (parts.method !== 'GET' && !resume && !options.protocol?.resume) {
      throw invalid('`cursor` needs `resume`')
    }
    if (typeof cursor.lastEventId !== 'string' || !(cursor.events >= 0)) {
      throw invalid('`cursor` must be a `stream.cursor`')
    }
  }
  const key = options.idempotencyKey ?? 'none'
  if (key === '' || !isHeaderValue(key)) {
    throw invalid('`idempotencyKey` is empty, or holds a character that no request can carry')
  }
}
