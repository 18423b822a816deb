import type { RedirectFacts, RedirectReason } from '../core/failure.ts'
import type { DetourSending, Hop } from '../core/effect.ts'
import type { Detour } from '../core/policy.ts'
import { redirect } from '../core/redirect.ts'
import type { RequestPlan } from '../io/request-plan.ts'
import { withoutUserinfo } from '../io/userinfo.ts'
import { isOwn } from './is-own.ts'
import type { Answered, Following } from './terms.ts'

/**
 * Redirects are followed here, hop by hop: the runtime's own fetch would carry secret headers to other origins. A custom
 * fetch follows its own redirects: it may add a secret, and would add it again for the other origin.
 */
export function redirectsBy(standard: boolean, { fetch, forwardBody }: Following): Detour<'response'> | null {
  if (!isOwn(fetch)) return null
  if (forwardBody) return following(standard, true)
  return standard ? ofTheClass : ofStreams
}

/** In the words of an error's message. */
export const whyNotFollowed: Readonly<Record<RedirectReason, string>> = {
  loop: 'it leads back to a URL that was visited before',
  'too-many': 'more than 20 in a row',
  downgrade: 'from https to http',
  'no-location':
    'its Location is missing, is no http URL, or is hidden by a browser: a bundler that builds for pages must say so (the condition "browser")',
  'method-change': 'it would turn the request into a GET without a body',
  'body-to-other-origin': 'it would send the body to another origin; set forwardBody: true if it may',
}

/** Shared by all connections with the defaults: thousands may wait. */
const ofTheClass = following(true, false)
const ofStreams = following(false, false)

/** A POST that became a GET would lose its body and bring some other answer: streams do not allow it, the class does. */
function following(allowMethodChange: boolean, allowBodyToOtherOrigin: boolean): Detour<'response'> {
  const rules = { maxHops: 20, allowMethodChange, allowBodyToOtherOrigin, why: whyNotFollowed }
  return (state, input) => redirect(state, input, rules)
}

/** Fetch: "a redirect status is a status that is 301, 302, 303, 307, or 308". */
const redirectStatuses = new Set([301, 302, 303, 307, 308])

const nowhere: RedirectFacts = { url: null, sameOrigin: false, downgrade: false }

export function redirectFacts({ status, url }: Answered, location: string | null): RedirectFacts | null {
  // A page that got this module by mistake sees neither status nor Location.
  if (status === 0) return nowhere
  if (!redirectStatuses.has(status)) return null
  const base = new URL(url)
  const target = location === null ? null : parse(location, base)
  if (target === null || !/^https?:$/.test(target.protocol)) return nowhere
  return {
    url: target.href,
    sameOrigin: target.origin === base.origin,
    downgrade: base.protocol === 'https:' && target.protocol === 'http:',
  }
}

function parse(location: string, base: URL): URL | null {
  // Some servers send it in UTF-8, which fetch hands over byte by byte. Escaped they mean what the server meant.
  const ascii = location.replace(
    /[\u0080-\u00ff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  try {
    return new URL(ascii, base)
  } catch {
    return null
  }
}

/** What Fetch lets a page send anywhere; all else was meant for the first origin only. */
const safelisted = ['accept', 'accept-language', 'content-language', 'content-type', 'cache-control']

/** The request for a hop. Only pages probe, so any other request is the same again. */
export function detour(
  plan: RequestPlan,
  sending: DetourSending,
  forwardHeaders: readonly string[],
): RequestPlan {
  return typeof sending === 'string' ? plan : afterHop(plan, sending, forwardHeaders)
}

/** The secrets of a request and of those that redirects led on from: a server may have put them into its Location. */
export function overHops(secretsOf: SecretsOf): SecretsOf {
  return (last) => {
    const found = new Set<string>()
    for (let plan: RequestPlan | undefined = last; plan; plan = plan.before)
      secretsOf(plan).forEach((secret) => found.add(secret))
    return [...found].sort((a, b) => b.length - a.length)
  }
}

type SecretsOf = (plan: RequestPlan) => readonly string[]

/** The same request, one redirect on. */
function afterHop(plan: RequestPlan, hop: Hop, forwardHeaders: readonly string[]): RequestPlan {
  const allowed = new Set([...safelisted, ...forwardHeaders.map((name) => name.toLowerCase())])
  const headers = new Headers()
  plan.init.headers.forEach((value, name) => {
    const describesBody = name === 'content-type' || name === 'content-language'
    if ((hop.sameOrigin || allowed.has(name)) && !(hop.get && describesBody)) headers.append(name, value)
  })
  const { body: _dropped, ...rest } = plan.init
  const init = hop.get ? { ...rest, method: 'GET', headers } : { ...plan.init, headers }
  return { ...withoutUserinfo({ url: hop.url, init }), before: plan }
}
