import { ifHarmless, withoutSecret } from '#platform'

/** Runtimes and servers repeat what they were sent. Takes the secrets out, and from URLs the user and the query. */
export function redact(text: string, secrets: readonly string[]): string {
  // A URL as a whole: to look for a query from every `http://` of a long row would be quadratic.
  const told = text.replace(/\bhttps?:\/\/[^\s'"]*/g, (url) =>
    url.replace(/\/\/[^/?#]*@/g, '//').replace(/\?[^<>)]*/g, '?…'),
  )
  return hide(told, secrets)
}

export function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce(withoutSecret, text)
}

/**
 * An error, or the facts of one, without secrets: the same object where it holds none, which is nearly always, else a
 * copy.
 */
export function withoutSecrets<T>(
  value: T,
  secrets: readonly string[],
  depth: number = 0,
  seen: Map<object, unknown> = new Map(),
): T {
  try {
    // What comes out has the shape of what went in.
    return cleaned(value, secrets, depth, seen) as T
  } catch (error) {
    // One of its members throws when it is looked at: that is told in its place.
    return withoutSecrets(error, secrets, depth + 1, seen) as T
  }
}

/** `seen`: what became of each object. In a validator's error each issue may hold all of the data, which a server chooses. */
function cleaned(
  value: unknown,
  secrets: readonly string[],
  depth: number,
  seen: Map<object, unknown>,
): unknown {
  if (typeof value === 'string') return redact(value, secrets)
  if (typeof value !== 'object' || value === null) return value
  if (seen.has(value)) return seen.get(value)
  if (depth > 6) return undefined
  const copy = emptyOf(value)
  // What a custom fetch attaches to its errors (a request, its headers) cannot be copied.
  if (copy === null) return ifHarmless(value, secrets)
  const isError = copy instanceof Error
  const names = isError ? [...Object.getOwnPropertyNames(value), 'name', 'message'] : Object.keys(value)
  let same = true
  for (const name of new Set(names)) {
    const before: unknown = Reflect.get(value, name)
    // The URLs in these are those of scripts; only the message at the top of a stack may hold a secret.
    const ofScript = isError && typeof before === 'string' && /^(stack|fileName|sourceURL)$/.test(name)
    // Our own words among the facts stay, even if a secret happens to be the same word.
    const ours = depth === 0 && /^(code|timeout|limit)$/.test(name)
    const after = ours
      ? before
      : ofScript
        ? hide(
            before.replace(String(Reflect.get(value, 'message')), (message) => redact(message, secrets)),
            secrets,
          )
        : withoutSecrets(before, secrets, depth + 1, seen)
    same &&= Object.is(before, after)
    const property = { value: after, configurable: true, writable: true, enumerable: !isError }
    Object.defineProperty(copy, name, property)
  }
  return seen.set(value, same ? value : copy).get(value)
}

/** An empty object of the same kind, to copy into; null where there is none. */
function emptyOf(value: object): object | null {
  if (Array.isArray(value)) return []
  const prototype: unknown = Object.getPrototypeOf(value) ?? Object.prototype
  if (prototype === Object.prototype) return {}
  return 'message' in value ? new Error() : null
}
