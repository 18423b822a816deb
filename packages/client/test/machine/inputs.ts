import type { Command, Result } from '../../src/core/input.ts'
import { broken, futile, idle, reply, serverError, tooLarge, truncated, unsent } from './facts.ts'

const redirected = (facts: {
  url?: string
  method?: string
  sameOrigin?: boolean
  downgrade?: boolean
  status?: number
}) =>
  reply({
    status: facts.status ?? 302,
    method: facts.method ?? 'GET',
    redirect: {
      url: facts.url ?? 'https://a.example/moved',
      sameOrigin: facts.sameOrigin ?? true,
      downgrade: facts.downgrade ?? false,
    },
  })

/** Every kind of input, and of each kind those that may lead to something else. */
export const sampleInputs: Readonly<Record<string, Command | Result>> = {
  start: { type: 'start' },
  'close()': { type: 'close', by: 'close', reason: 'enough' },
  'reconnect()': { type: 'reconnect' },
  'total timeout': { type: 'total-timeout', verdict: 'truncated' },
  'total timeout, terminator read': { type: 'total-timeout', verdict: 'complete' },
  'a function of the app throws': { type: 'defect', cause: 'thrown' },
  offline: { type: 'offline' },
  online: { type: 'online' },
  freeze: { type: 'freeze' },
  thaw: { type: 'thaw' },
  wake: { type: 'wake', slept: 10_000 },

  'reply 200': { type: 'response', reply: reply() },
  'reply 200 text/html': { type: 'response', reply: reply({ mediaType: 'text/html' }) },
  'reply 204': { type: 'response', reply: reply({ status: 204, mediaType: '' }) },
  'reply 302': { type: 'response', reply: redirected({}) },
  'reply 302 to itself': { type: 'response', reply: redirected({ url: 'https://a.example/feed' }) },
  'reply 302 to a POST': { type: 'response', reply: redirected({ method: 'POST' }) },
  'reply 307 to a POST, another origin': {
    type: 'response',
    reply: redirected({ status: 307, method: 'POST', url: 'https://b.example/', sameOrigin: false }),
  },
  'reply 401': { type: 'response', reply: reply({ status: 401 }) },
  'reply 503': { type: 'response', reply: reply({ status: 503 }) },
  'no reply: reset': { type: 'failed', failure: broken },
  'no reply: refused, nothing sent': { type: 'failed', failure: unsent },
  'no reply: certificate': { type: 'failed', failure: futile },
  'nothing to resume': { type: 'not-resumed' },
  'excerpt read': { type: 'excerpt', refusal: { excerpt: 'busy' } },
  'timer fires': { type: 'timer' },

  'first byte': { type: 'first-byte' },
  'first event': { type: 'first-event' },
  'retry: 7000': { type: 'retry', ms: 7000 },
  'retry: 99999999999999999999': { type: 'retry', ms: Number('99999999999999999999') },
  'terminator read': { type: 'finish' },
  'server error as first event, 503': { type: 'fail', failure: serverError({ first: true }) },
  'server error as first event, 503, Retry-After': {
    type: 'fail',
    failure: serverError({ first: true, retryAfter: 9000 }),
  },
  'server error later': { type: 'fail', failure: serverError() },
  'event too large': { type: 'fail', failure: tooLarge },
  'body ends': { type: 'ended', failure: null, verdict: 'ended', hint: 'The event stream ended' },
  'body ends before the terminator': {
    type: 'ended',
    failure: null,
    verdict: 'truncated',
    hint: truncated.hint,
  },
  'body ends after the terminator': { type: 'ended', failure: null, verdict: 'complete', hint: '' },
  'body breaks': { type: 'ended', failure: broken, verdict: 'truncated', hint: '' },
  'body stays silent': { type: 'ended', failure: idle, verdict: 'truncated', hint: '' },
}
