import type { Policy, RetryPolicy, Timeouts } from '../core/policy.ts'
import { redirectsBy } from '#platform'
import { EventStreamError } from './event-stream-error.ts'
import {
  defaults,
  never,
  type Accept,
  type ConnectionOptions,
  type RetryOptions,
  type TimeoutOptions,
} from './options.ts'

export interface PolicyParts {
  readonly method: string
  /** The class. */
  readonly standard: boolean
  readonly resumes: boolean
  readonly cold: boolean
  readonly accept: Accept | null
  /** There is an idempotency key. */
  readonly repeatable: boolean
  readonly probe: Policy['probe']
}

/** The connection's policy, from what the app gave and the table of defaults. */
export function policyOf(options: ConnectionOptions, parts: PolicyParts): Policy {
  const { method, standard } = parts
  const get = method === 'GET'
  return {
    ...parts,
    continues: get ? 'always' : standard ? 'with-id' : 'by-resume',
    retry: retryPolicyOf(options.retry, parts),
    timeouts: timeoutsOf(options.timeouts ?? {}, get, standard),
    refreshes: typeof options.headers === 'function',
    redirects: options.fetch ? null : redirectsBy(standard, options.forwardBody ?? false),
  }
}

function timeoutsOf(given: TimeoutOptions, get: boolean, standard: boolean): Timeouts {
  const { headers, firstEvent, idle, total } = defaults.timeouts
  return {
    headers: given.headers ?? (get ? headers.get : headers.other),
    resume: given.headers ?? headers.get,
    firstEvent: given.firstEvent ?? firstEvent,
    idle: given.idle ?? (standard ? never : get ? null : idle.post),
    total: given.total ?? total,
  }
}

/** These are shared by all connections that were given nothing else: thousands may wait. */
const subscription: RetryPolicy = { ...defaults.retry, once: false, when: null }
const eventSource: RetryPolicy = { ...subscription, ...defaults.eventSourceRetry }
const answer: RetryPolicy = { ...subscription, ...defaults.answerRetry }

function retryPolicyOf(
  given: RetryOptions | false | undefined,
  { method, standard, repeatable }: PolicyParts,
): RetryPolicy {
  const usual = standard ? eventSource : method === 'GET' ? subscription : answer
  if (given === undefined && !repeatable) return usual
  const { when = null, ...numbers } = given || {}
  return {
    ...usual,
    ...numbers,
    once: given === false,
    unsafe: (numbers.unsafe ?? usual.unsafe) || repeatable,
    when: when && ((failure, context) => when(new EventStreamError(failure, context), context)),
  }
}
