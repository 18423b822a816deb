import { overHops, partsOf } from '#platform'
import type { RequestPlan } from './request-plan.ts'

/** Headers whose values are no secret, all of Accept's among them. The ID that a client gives its request, an app looks up. */
const harmless = /^(accept|cache-control|content-type|last-event-id|pragma|x-request-id)/

/** A shorter text is not taken out: it would be found by chance in the midst of other words. */
const shortest = 5

/**
 * What a request carries and an error must not tell: values of headers and of the query, in all their spellings, the
 * longest first. Also those of the requests that redirects led on from.
 */
export const secretsOf: (plan: RequestPlan) => readonly string[] = /* @__PURE__ */ overHops(ownSecretsOf)

function ownSecretsOf(plan: RequestPlan): readonly string[] {
  const values: string[] = []
  plan.init.headers.forEach((value, name) => {
    if (!harmless.test(name)) values.push(value, ...partsOf(name, value))
  })
  // By hand: React Native's URL has no `search`.
  const query = /\?([^#]*)/.exec(plan.url)?.[1]
  if (query) values.push(...query.split('&').map(afterEquals), ...new URLSearchParams(query).values())
  const spellings = new Set(values.flatMap(spellingsOf))
  return [...spellings].filter(({ length }) => length >= shortest).sort((a, b) => b.length - a.length)
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1)
}

/** As it is, in a URL, and in JSON, where some servers escape the slash. */
function spellingsOf(value: string): readonly string[] {
  const inJson = JSON.stringify(value).slice(1, -1)
  return [value, encodeURIComponent(value), inJson, inJson.replaceAll('/', '\\/')]
}
