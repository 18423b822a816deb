import type { Policy, RetryPolicy } from '../core/policy.ts'
import { redirectsBy } from '#platform'
import { EventStreamError } from './errors/event-stream-error.ts'
import { given } from './given.ts'
import { defaults, never, type ConnectionOptions } from './options.ts'

export interface PolicyParts {
  readonly method: string
  /** For the class, not for a stream. */
  readonly standard: boolean
  readonly resumes: boolean
  readonly cold: boolean
  readonly accept: Policy['accept']
  /** There is an idempotency key. */
  readonly repeatable: boolean
  readonly probe: Policy['probe']
}

/** Shared by all connections with the defaults: thousands may wait. */
const subscription: RetryPolicy = { ...defaults.retry, once: false, when: null }
const eventSource: RetryPolicy = { ...subscription, ...defaults.eventSourceRetry }
const answer: RetryPolicy = { ...subscription, ...defaults.answerRetry }

/** The connection's policy, from what the app gave and the table of defaults. */
export function policyOf(options: ConnectionOptions, parts: PolicyParts): Policy {
  const { retry } = options
  const { method, standard, repeatable } = parts
  const get = method === 'GET'
  const usual = standard ? eventSource : get ? subscription : answer
  const { when, ...numbers } = retry || {}
  const { headers, idle, ...others } = defaults.timeouts
  const timeouts = given(options.timeouts)
  return {
    ...parts,
    continues: get ? 'always' : standard ? 'with-id' : 'by-resume',
    retry:
      retry === undefined && !repeatable
        ? usual
        : {
            ...usual,
            ...given(numbers),
            ...(repeatable && { unsafe: true }),
            once: retry === false,
            when: when ? (failure, context) => when(new EventStreamError(failure, context), context) : null,
          },
    timeouts: {
      ...others,
      headers: get ? headers.get : headers.other,
      idle: standard ? never : get ? null : idle.post,
      ...timeouts,
      resume: timeouts.headers ?? headers.get,
    },
    refreshes: typeof options.headers === 'function',
    redirects: redirectsBy(standard, options),
  }
}
