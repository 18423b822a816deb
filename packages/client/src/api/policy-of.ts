import type { Policy, RetryPolicy } from '../core/policy.ts'
import { redirectsBy } from '#platform'
import { EventStreamError } from './event-stream-error.ts'
import {
  defaults,
  type Accept,
  type ConnectionOptions,
  type RetryOptions,
  type TimeoutOptions,
} from './options.ts'

export interface PolicyParts {
  readonly method: string
  readonly kind: 'class' | 'stream'
  readonly resumes: boolean
  readonly cold: boolean
  readonly accept: Accept | null
  readonly repeatable: boolean
  readonly probe: Policy['probe']
}

/** The connection's policy, from what the app gave and the table of defaults. */
export function policyOf(options: ConnectionOptions, parts: PolicyParts): Policy {
  const get = parts.method === 'GET'
  return {
    method: parts.method,
    continues: get ? 'always' : parts.kind === 'class' ? 'with-id' : 'by-resume',
    resumes: parts.resumes,
    cold: parts.cold,
    retry: retryPolicyOf(options.retry, parts),
    timeouts: timeoutsOf(options.timeouts, get),
    refreshes: typeof options.headers === 'function',
    accept: parts.accept,
    standard: parts.kind === 'class',
    redirects: options.fetch ? null : redirectsBy(parts.kind, options.forwardBody ?? false),
    probe: parts.probe,
  }
}

const { headers, total } = defaults.timeouts

/** These are shared by all connections that were given nothing else: thousands may wait. */
const usualTimeouts = {
  get: { headers: headers.get, resume: headers.get, total },
  other: { headers: headers.other, resume: headers.get, total },
}

function timeoutsOf(given: TimeoutOptions | undefined, get: boolean): Policy['timeouts'] {
  const usual = get ? usualTimeouts.get : usualTimeouts.other
  if (!given) return usual
  return {
    headers: given.headers ?? usual.headers,
    resume: given.headers ?? usual.resume,
    total: given.total ?? usual.total,
  }
}

const usualRetry = {
  class: { ...defaults.retry, ...defaults.eventSourceRetry, when: null, once: false },
  subscription: { ...defaults.retry, when: null, once: false },
  answer: { ...defaults.retry, ...defaults.answerRetry, when: null, once: false },
}

function retryPolicyOf(given: RetryOptions | false | undefined, parts: PolicyParts): RetryPolicy {
  const kind = parts.kind === 'class' ? 'class' : parts.method === 'GET' ? 'subscription' : 'answer'
  const usual: RetryPolicy = usualRetry[kind]
  if (given === false) return { ...usual, once: true }
  if (given === undefined && !parts.repeatable) return usual
  const { when, ...numbers } = given ?? {}
  return {
    ...usual,
    ...numbers,
    unsafe: (numbers.unsafe ?? usual.unsafe) || parts.repeatable,
    when:
      when === undefined ? null : (failure, context) => when(new EventStreamError(failure, context), context),
  }
}
