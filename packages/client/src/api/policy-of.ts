import type { Policy, RetryPolicy } from '../core/policy.ts'
import { redirectsBy } from '#platform'
import { EventStreamError } from './event-stream-error.ts'
import { defaults, type Accept, type ConnectionOptions, type RetryOptions } from './options.ts'

export interface PolicyParts {
  readonly method: string
  readonly kind: 'class' | 'stream'
  readonly resumes: boolean
  readonly cold: boolean
  readonly accept: Accept | null
  readonly repeatable: boolean
  readonly corsProbe: boolean
}

/** The connection's policy, from what the app gave and the table of defaults. */
export function policyOf(options: ConnectionOptions, parts: PolicyParts): Policy {
  const get = parts.method === 'GET'
  const { headers } = defaults.timeouts
  return {
    method: parts.method,
    continues: get ? 'always' : parts.kind === 'class' ? 'with-id' : 'by-resume',
    resumes: parts.resumes,
    cold: parts.cold,
    retry: retryPolicyOf(options.retry, parts),
    timeouts: {
      headers: options.timeouts?.headers ?? (get ? headers.get : headers.other),
      resume: options.timeouts?.headers ?? headers.get,
      total: options.timeouts?.total ?? defaults.timeouts.total,
    },
    refreshes: typeof options.headers === 'function',
    accept: parts.accept,
    standard: parts.kind === 'class',
    redirects:
      options.fetch === undefined
        ? redirectsBy({
            maxHops: 20,
            allowMethodChange: parts.kind === 'class',
            allowBodyToOtherOrigin: options.forwardBody ?? false,
          })
        : null,
    corsProbe: parts.corsProbe,
  }
}

function retryPolicyOf(given: RetryOptions | false | undefined, parts: PolicyParts): RetryPolicy | null {
  if (given === false) return null
  const subscription = parts.method === 'GET' ? {} : defaults.answerRetry
  const base = { ...defaults.retry, ...(parts.kind === 'class' ? defaults.eventSourceRetry : subscription) }
  const { when, ...numbers } = given ?? {}
  return {
    ...base,
    ...numbers,
    unsafe: (numbers.unsafe ?? base.unsafe) || parts.repeatable,
    when:
      when === undefined ? null : (failure, context) => when(new EventStreamError(failure, context), context),
  }
}
