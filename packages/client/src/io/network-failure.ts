import { isFutile, provesUnsent } from '#platform'
import type { Failure } from '../core/failure.ts'

/** An attempt or a body that broke, as plain facts. An error that the app marked `fatal: true` is not tried again. */
export function failureOf(cause: unknown): Extract<Failure, { code: 'network' }> {
  const marked = typeof cause === 'object' && cause !== null && 'fatal' in cause && cause.fatal === true
  return { code: 'network', cause, unsent: provesUnsent(cause), fatal: marked || isFutile(cause) }
}
