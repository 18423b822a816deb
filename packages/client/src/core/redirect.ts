import { fail } from './closing.ts'
import type { RedirectReason, ReplyFacts } from './failure.ts'
import type { Hop } from './effect.ts'
import type { RedirectRules } from './policy.ts'
import type { InputOf, StateOf, Step } from './step.ts'

/** Takes the hop of a redirect; null for any other reply. All hops of an attempt share its headers timeout. */
export function redirect(
  state: StateOf<'connecting'>,
  { reply, at }: InputOf<'response'>,
  rules: RedirectRules,
): Step | null {
  if (reply.redirect === null) return null
  const hop = nextHop(reply, state.hops, rules)
  if (typeof hop === 'string') {
    const message = `A redirect was not followed (${rules.why[hop]})`
    return fail(state, { code: 'redirect', reason: hop, message, reply })
  }
  const timeout = Math.max(0, state.timeout - (at - state.startedAt))
  return [
    { ...state, hops: [...state.hops, hop.url] },
    { type: 'connect', sending: hop, timeout },
  ]
}

/** The next hop of a redirect, or why it is not taken. `hops` are the URLs of this attempt so far. */
export function nextHop(
  reply: ReplyFacts,
  hops: readonly string[],
  rules: RedirectRules,
): Hop | RedirectReason {
  const target = reply.redirect
  if (target === null || target.url === null) return 'no-location'
  if (target.downgrade) return 'downgrade'
  if (target.url === reply.url || hops.includes(target.url)) return 'loop'
  if (hops.length >= rules.maxHops) return 'too-many'

  const bodiless = reply.method === 'GET' || reply.method === 'HEAD'
  const get = !bodiless && turnsIntoGet(reply)
  if (get && !rules.allowMethodChange) return 'method-change'
  const sendsBody = !bodiless && !get
  if (sendsBody && !target.sameOrigin && !rules.allowBodyToOtherOrigin) return 'body-to-other-origin'
  return { url: target.url, sameOrigin: target.sameOrigin, get }
}

/** Fetch: "if status is 301 or 302 and request's method is `POST`, or 303 and it is not `GET` or `HEAD`". */
function turnsIntoGet({ status, method }: ReplyFacts): boolean {
  return status === 303 || ((status === 301 || status === 302) && method === 'POST')
}
