import type { RefusedReply, ReplyFacts } from './failure.ts'
import type { Acceptance, Policy, Redirects } from './policy.ts'

export type Classified =
  | { readonly type: 'accepted'; readonly body: Acceptance }
  | { readonly type: 'redirect'; readonly take: Redirects }
  /** 204: nothing (more) to read. */
  | { readonly type: 'no-content' }
  | { readonly type: 'refused'; readonly failure: RefusedReply }

/** What a reply means, by its status and its media type alone. */
export function classify(reply: ReplyFacts, policy: Policy): Classified {
  if (reply.redirect !== null && policy.redirects !== null)
    return { type: 'redirect', take: policy.redirects }
  const said = policy.accept?.(reply) ?? null
  if (said !== null && said !== 'refuse') return { type: 'accepted', body: said }
  if (reply.status === 204) return { type: 'no-content' }
  // "if res's status is not 200 …, then fail the connection"
  if (reply.status !== 200) return refused({ code: 'http-status', reply, excerpt: '' })
  // "if res's `Content-Type` is not `text/event-stream`, then fail the connection": the essence, never a prefix
  if (said === 'refuse' || reply.mediaType !== 'text/event-stream') {
    return refused({ code: 'content-type', reply, excerpt: '' })
  }
  return { type: 'accepted', body: 'stream' }
}

function refused(failure: RefusedReply): Classified {
  return { type: 'refused', failure }
}
