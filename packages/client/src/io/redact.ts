import { shortestSecret } from './secrets.ts'

/** Runtimes and servers repeat what they were given: its secrets are taken out, and of URLs the user and the query. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutUrls = text.replace(
    /(\bhttps?:\/\/)(?:[^\s/?#'"]*@)?([^\s?#'"<>]*)(\?[^\s'"<>)]*)?/g,
    (_, scheme, rest, query) => `${scheme}${rest}${query === undefined ? '' : '?…'}`,
  )
  return hide(withoutUrls, secrets)
}

/** Of a text that was cut somewhere: a secret that it ends within is left out as far as it goes. */
export function redactCut(text: string, secrets: readonly string[]): string {
  const clean = redact(text, secrets)
  for (const secret of secrets) {
    for (let length = secret.length - 1; length >= shortestSecret; length--) {
      if (clean.endsWith(secret.slice(0, length))) return `${clean.slice(0, -length)}…`
    }
  }
  return clean
}

export function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '…'), text)
}

/**
 * An error, or facts of one, without secrets: the very same where it tells nothing, which is nearly always; else a
 * copy that does not.
 */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T {
  try {
    // What comes out has the shape of what went in.
    return cleaned(value, secrets, 0) as T
  } catch (error) {
    // A member that throws when it is looked at.
    return withoutSecrets(error, secrets) as T
  }
}

function cleaned(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return redact(value, secrets)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 6) return undefined
  if (Array.isArray(value)) {
    const clean = value.map((each) => cleaned(each, secrets, depth + 1))
    return clean.every((each, index) => Object.is(each, value[index])) ? value : clean
  }
  if ('message' in value && !isPlain(value)) return cleanedError(value, secrets, depth)
  if (!isPlain(value)) return tells(value, secrets, new Set()) ? undefined : value
  const before = Object.entries(value)
  const after = before.map(([name, member]) => [name, cleaned(member, secrets, depth + 1)] as const)
  return after.every(([, member], index) => Object.is(member, before[index]?.[1]))
    ? value
    : Object.fromEntries(after)
}

function cleanedError(error: object, secrets: readonly string[], depth: number): object {
  const message: unknown = Reflect.get(error, 'message')
  const member = (name: string, value: unknown): unknown => {
    // These URLs are those of scripts; only the message on top of a stack may tell something.
    if (!/^(?:stack|fileName|sourceURL)$/.test(name) || typeof value !== 'string')
      return cleaned(value, secrets, depth + 1)
    return hide(
      typeof message === 'string' ? value.replace(message, () => redact(message, secrets)) : value,
      secrets,
    )
  }
  const names = new Set([...Object.getOwnPropertyNames(error), 'name', 'message'])
  const before = [...names].map((name) => [name, Reflect.get(error, name)] as const)
  const after = before.map(([name, value]) => [name, member(name, value)] as const)
  if (after.every(([, value], index) => Object.is(value, before[index]?.[1]))) return error
  const copy = new Error()
  for (const [name, value] of after)
    Object.defineProperty(copy, name, { value, configurable: true, writable: true })
  return copy
}

/** What a given fetch hangs on its errors (a request, its headers) is of no shape that could be copied. */
function tells(value: unknown, secrets: readonly string[], seen: Set<unknown>): boolean {
  if (typeof value === 'string') return redact(value, secrets) !== value
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value))
    return false
  seen.add(value)
  if (seen.size > 500) return true
  const members = Reflect.ownKeys(value).map((key) => Object.getOwnPropertyDescriptor(value, key)?.value)
  if (Symbol.iterator in value && typeof value[Symbol.iterator] === 'function') {
    members.push(...(value as Iterable<unknown>))
  }
  return [...members, memberOf(value, 'headers'), memberOf(value, 'url')].some((member) =>
    tells(member, secrets, seen),
  )
}

function memberOf(value: object, name: string): unknown {
  return name in value ? Reflect.get(value, name) : undefined
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
