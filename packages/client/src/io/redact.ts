import { mayTell } from '#platform'

/** Runtimes and servers repeat what they were given: its secrets are taken out, and of URLs the user and the query. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutUsers = text.replace(/(\bhttps?:\/\/)[^\s/?#'"]*@/g, '$1')
  const withoutQueries = withoutUsers.replace(/(\bhttps?:\/\/[^\s?#'"<>]*\?)[^\s'"<>)]*/g, '$1…')
  return hide(withoutQueries, secrets)
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
  const copy = emptyOf(value)
  if (depth > 6) return undefined
  // What a given fetch hangs on its errors (a request, its headers) cannot be copied.
  if (copy === null) return mayTell(value, secrets) ? undefined : value
  const isError = copy instanceof Error
  const names = isError ? [...Object.getOwnPropertyNames(value), 'name', 'message'] : Object.keys(value)
  let same = true
  for (const name of new Set(names)) {
    const before: unknown = Reflect.get(value, name)
    // These URLs are those of scripts; only the message on top of a stack may tell something.
    const ofScript = isError && typeof before === 'string' && /^(?:stack|fileName|sourceURL)$/.test(name)
    // Of facts, what we call them: a secret may be one of our own words.
    const ours = depth === 0 && /^(?:code|timeout|limit)$/.test(name)
    const after = ours
      ? before
      : ofScript
        ? hide(withMessage(before, Reflect.get(value, 'message'), secrets), secrets)
        : cleaned(before, secrets, depth + 1)
    same &&= Object.is(before, after)
    const property = { value: after, configurable: true, writable: true, enumerable: !isError }
    Object.defineProperty(copy, name, property)
  }
  return same ? value : copy
}

function withMessage(stack: string, message: unknown, secrets: readonly string[]): string {
  return typeof message === 'string' ? stack.replace(message, () => redact(message, secrets)) : stack
}

/** What a copy of it is made of; null: of its kind none can be made. */
function emptyOf(value: object): object | null {
  if (Array.isArray(value)) return []
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return {}
  return 'message' in value ? new Error() : null
}
