import { memberOf } from '../core/member-of.ts'

/** The object, unless a log would show a secret in it. */
export function ifHarmless(value: object, secrets: readonly string[]): object | undefined {
  return mayTell(value, secrets) ? undefined : value
}

/**
 * Whether an object, as a log shows it, holds a secret: in a request, its headers, a map. After 500 objects it counts as
 * holding one.
 */
export function mayTell(value: unknown, secrets: readonly string[], seen: Set<unknown> = new Set()): boolean {
  if (typeof value === 'string')
    return value.split(/\s+/).some(isTellingUrl) || secrets.some((secret) => value.includes(secret))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value))
    return false
  if (seen.size === 500) return true
  seen.add(value)
  const own = Reflect.ownKeys(value).map((key) => Object.getOwnPropertyDescriptor(value, key)?.value)
  const listed = Symbol.iterator in value ? Array.from(value as Iterable<unknown>) : []
  const hidden = ['headers', 'url', 'href'].map((name) => memberOf(value, name))
  return [...own, ...listed, ...hidden].some((member) => mayTell(member, secrets, seen))
}

/** A URL with a user or a query. Looked for behind the first `http:` alone: from each of a row it would be quadratic. */
function isTellingUrl(word: string): boolean {
  const at = word.search(/\bhttps?:/)
  return at >= 0 && /[?@]/.test(word.slice(at))
}
