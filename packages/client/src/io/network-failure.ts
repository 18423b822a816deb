import { diagnose } from '#platform'
import type { Failure } from '../core/failure.ts'
import { memberOf } from '../core/member-of.ts'
import type { RequestPlan } from './request-plan.ts'

/**
 * An attempt or a body that broke, as plain facts. An error that a custom fetch marked `fatal: true` is not tried again.
 * `unanswered`: the request that got no reply, if there was one.
 */
export function failureOf(
  cause: unknown,
  unanswered: RequestPlan | null = null,
): Extract<Failure, { code: 'network' }> {
  const { unsent, futile, hint } = diagnose(cause, unanswered)
  const fatal = futile || memberOf(cause, 'fatal') === true
  return { code: 'network', cause, unsent, fatal, ...(hint !== null && { hint }) }
}

/** Why an attempt brought no reply. `sent`: null when no request had been made yet. */
export function attemptFailure(error: unknown, sent: RequestPlan | null): Failure {
  if (memberOf(error, 'code') !== 'invalid-option') return failureOf(error, sent)
  const cause = memberOf(error, 'cause')
  return {
    code: 'invalid-option',
    message: String(memberOf(error, 'message')),
    cause,
    // What is wrong with an option stays so; what its function threw may pass.
    fatal: cause === undefined || memberOf(cause, 'fatal') === true,
    unsent: true,
  }
}
