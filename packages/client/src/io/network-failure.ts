import { diagnose } from '#platform'
import type { Failure } from '../core/failure.ts'
import { memberOf } from '../core/member-of.ts'
import type { RequestPlan } from './request-plan.ts'

/**
 * An attempt or a body that broke, as plain facts. An error that the app marked `fatal: true` is not tried again.
 * `unanswered` is the request that got no reply.
 */
export function failureOf(
  cause: unknown,
  unanswered: RequestPlan | null = null,
): Extract<Failure, { code: 'network' }> {
  const { unsent, futile, hint } = diagnose(cause, unanswered)
  const fatal = futile || memberOf(cause, 'fatal') === true
  return { code: 'network', cause, unsent, fatal, ...(hint !== null && { hint }) }
}

/** An attempt that brought no reply. `sent`: null when there was no request yet, since a function of the app failed. */
export function attemptFailure(cause: unknown, sent: RequestPlan | null): Failure {
  const message = memberOf(cause, 'message')
  if (memberOf(cause, 'code') === 'invalid-option' && typeof message === 'string') {
    return { code: 'invalid-option', message }
  }
  return sent === null ? { ...failureOf(cause), unsent: true, hint: unprepared } : failureOf(cause, sent)
}

const unprepared = 'A function among the options threw an error'
