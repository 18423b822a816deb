import type { RequestPlan } from './request-plan.ts'

/** Headers whose values say nothing about who asks. */
const harmless = new Set([
  'accept',
  'accept-language',
  'cache-control',
  'content-type',
  'last-event-id',
  'pragma',
])

/** A shorter text would be found by chance, and would hide nothing. */
const shortest = 5

const none: readonly string[] = []

/** What a request carries and an error must not tell: values of headers and of the query. */
export function secretsOf(plan: RequestPlan): readonly string[] {
  const values: string[] = []
  plan.init.headers.forEach((value, name) => {
    // The token alone, too: whoever repeats it leaves `Bearer` out.
    if (!harmless.has(name)) values.push(value, value.slice(value.indexOf(' ') + 1))
  })
  const query = plan.url.split('#', 1)[0]?.split('?')[1] ?? ''
  for (const [, value] of new URLSearchParams(query)) values.push(value, encodeURIComponent(value))
  return values.length === 0
    ? none
    : values.filter((value) => value.length >= shortest).toSorted((a, b) => b.length - a.length)
}

/** Runtimes and servers repeat what they were given: its secrets are taken out, and of URLs the user and the query. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutUrls = text.replace(
    /(\bhttps?:\/\/)(?:[^\s/?#'"]*@)?([^\s?#'"<>]*)(\?[^\s'"<>)]*)?/g,
    (_, scheme, rest, query) => `${scheme}${rest}${query === undefined ? '' : '?…'}`,
  )
  return without(withoutUrls, secrets)
}

function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '…'), text)
}

/** The error itself where it tells nothing, which is nearly always; else a copy that does not. */
export function withoutSecrets(error: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof error === 'string') return redact(error, secrets)
  if (typeof error !== 'object' || error === null || !('message' in error)) return error
  if (depth > 4) return undefined
  const message: unknown = Reflect.get(error, 'message')
  const cleaned = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return eachWithoutSecrets(value, secrets, depth + 1)
    // These URLs are those of scripts; only the message on top of a stack may tell something.
    if (!/^(?:stack|fileName|sourceURL)$/.test(name) || typeof value !== 'string')
      return withoutSecrets(value, secrets, depth + 1)
    return without(
      typeof message === 'string' ? value.replace(message, () => redact(message, secrets)) : value,
      secrets,
    )
  }
  const names = new Set([...Object.getOwnPropertyNames(error), 'name', 'message'])
  const before = [...names].map((name) => [name, Reflect.get(error, name)] as const)
  const after = before.map(([name, value]) => [name, cleaned(name, value)] as const)
  if (after.every(([, value], index) => Object.is(value, before[index]?.[1]))) return error
  const copy = new Error()
  for (const [name, value] of after)
    Object.defineProperty(copy, name, { value, configurable: true, writable: true })
  return copy
}

function eachWithoutSecrets(
  values: readonly unknown[],
  secrets: readonly string[],
  depth: number,
): readonly unknown[] {
  const clean = values.map((each) => withoutSecrets(each, secrets, depth))
  return clean.every((each, index) => each === values[index]) ? values : clean
}
