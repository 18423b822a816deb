import type { RequestPlan } from './request-plan.ts'

/** Headers whose values are no secret. */
const harmless = new Set([
  'accept',
  'accept-language',
  'cache-control',
  'content-type',
  'last-event-id',
  'pragma',
])

/** A shorter text is not taken out: it would be found by chance in the midst of other words. */
const shortest = 5

/** What a request carries and an error must not tell: values of headers and of the query, in all their spellings. */
export function secretsOf(plan: RequestPlan): readonly string[] {
  const values: string[] = []
  plan.init.headers.forEach((value, name) => {
    if (!harmless.has(name)) values.push(value, ...partsOf(name, value))
  })
  const query = /\?([^#]*)/.exec(plan.url)?.[1]
  if (query) values.push(...query.split('&').map(afterEquals), ...new URLSearchParams(query).values())
  const spellings = new Set(values.flatMap(spellingsOf))
  return [...spellings].filter(({ length }) => length >= shortest).sort((a, b) => b.length - a.length)
}

/** The parts that may be repeated alone: a token without `Bearer`, one cookie of several, the password within `Basic`. */
function partsOf(name: string, value: string): readonly string[] {
  if (name === 'cookie') return value.split('; ').map(afterEquals)
  const token = value.slice(value.indexOf(' ') + 1)
  return /^basic /i.test(value) ? [token, passwordOf(token)] : [token]
}

function passwordOf(token: string): string {
  try {
    return atob(token).replace(/^[^:]*:/, '')
  } catch {
    return ''
  }
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1)
}

/** As it is, in a URL, and in JSON, where some servers escape the slash. */
function spellingsOf(value: string): readonly string[] {
  const inJson = JSON.stringify(value).slice(1, -1)
  return [value, encodeURIComponent(value), inJson, inJson.replaceAll('/', '\\/')]
}
