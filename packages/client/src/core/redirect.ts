import type { RedirectReason, ReplyFacts } from './failure.ts'
import type { Sending } from './effect.ts'
import type { Policy } from './policy.ts'

/** The next hop of a redirect, or why it is not taken. `hops` are the URLs of this attempt so far. */
export function nextHop(
  reply: ReplyFacts,
  hops: readonly string[],
  policy: Policy,
): Extract<Sending, { type: 'hop' }> | RedirectReason {
  const target = reply.redirect
  if (target === null || target.url === null) return 'no-location'
  if (target.downgrade) return 'downgrade'
  if (target.url === reply.url || hops.includes(target.url)) return 'loop'
  if (hops.length >= policy.redirects.maxHops) return 'too-many'

  const safe = policy.method === 'GET' || policy.method === 'HEAD'
  // Fetch: 303, and 301 or 302 on POST, become a GET without a body.
  const get = !safe && (reply.status === 303 || (reply.status < 303 && policy.method === 'POST'))
  if (get && !policy.redirects.allowMethodChange) return 'method-change'
  if (!get && !safe && !target.sameOrigin && !policy.redirects.allowBodyToOtherOrigin)
    return 'body-to-other-origin'
  return { type: 'hop', url: target.url, sameOrigin: target.sameOrigin, get }
}
