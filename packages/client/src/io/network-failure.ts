import { hintOf, isFutile, provesUnsent } from '#platform'
import type { Failure } from '../core/failure.ts'
import type { RequestPlan } from './request-plan.ts'

/**
 * An attempt or a body that broke, as plain facts. An error that the app marked `fatal: true` is not tried again.
 * `unanswered` is the request that got no reply.
 */
export function failureOf(
  cause: unknown,
  unanswered: RequestPlan | null = null,
): Extract<Failure, { code: 'network' }> {
  const fatal = memberOf(cause, 'fatal') === true || isFutile(cause)
  const hint = hintOf(cause, unanswered)
  return {
    code: 'network',
    cause,
    unsent: provesUnsent(cause),
    fatal,
    ...(hint === null ? {} : { hint }),
  }
}

/** No request could be made for an attempt: a function of the app failed, or gave what cannot be sent. */
export function preparationFailure(cause: unknown): Failure {
  const message = memberOf(cause, 'message')
  return memberOf(cause, 'code') === 'invalid-option' && typeof message === 'string'
    ? { code: 'invalid-option', message }
    : { ...failureOf(cause), unsent: true }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
