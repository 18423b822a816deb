import type { Failure, RefusedReply, ReplyFacts } from '../../src/core/failure.ts'

/** A reply that opens, unless told otherwise. */
export function reply(facts: Partial<ReplyFacts> = {}): ReplyFacts {
  return {
    method: 'GET',
    status: 200,
    mediaType: 'text/event-stream',
    headers: {},
    requestId: null,
    retryAfter: null,
    shouldRetry: null,
    redirect: null,
    url: 'https://a.example/feed',
    ...facts,
  }
}

export function refused(status: number, facts: Partial<ReplyFacts> = {}): RefusedReply {
  return { code: 'http-status', reply: reply({ status, ...facts }), excerpt: '' }
}

export const broken: Failure = { code: 'network', cause: 'ECONNRESET', unsent: false, fatal: false }
export const unsent: Failure = { code: 'network', cause: 'ECONNREFUSED', unsent: true, fatal: false }
export const futile: Failure = { code: 'network', cause: 'CERT_HAS_EXPIRED', unsent: false, fatal: true }
export const idle: Failure = { code: 'timeout', timeout: 'idle', after: 60_000 }
export const tooLarge: Failure = { code: 'too-large', limit: 'event', bytes: 16 }
export const truncated = { code: 'truncated', hint: 'the body ended before the data "[DONE]"' } as const

export function serverError(facts: Partial<Extract<Failure, { code: 'server-error' }>> = {}): Failure {
  return { code: 'server-error', message: 'overloaded', status: 503, first: false, body: '', ...facts }
}
