import type { Failure, RefusedReply, ReplyFacts } from './failure.ts'
import type { Policy } from './policy.ts'
import type { Acceptance } from './state.ts'

/** What a reply means, by its status and its media type alone: how to read its body, or why not to. */
export function classify(
  reply: ReplyFacts,
  policy: Policy,
): Acceptance | RefusedReply | Extract<Failure, { readonly code: 'no-content' }> {
  const said = policy.accept?.(reply)
  // A promise, of an app without types, says nothing.
  if (typeof said === 'string' && said !== 'refuse') return said
  // 204: nothing (more) to read.
  if (reply.status === 204) return { code: 'no-content', reply }
  // "if res's status is not 200 …, then fail the connection"
  if (reply.status !== 200) return { code: 'http-status', reply, excerpt: '' }
  // "if res's `Content-Type` is not `text/event-stream`, then fail the connection": the essence, never a prefix
  return said !== 'refuse' && reply.mediaType === 'text/event-stream'
    ? 'stream'
    : { code: 'content-type', reply, excerpt: '' }
}
