import { replyOf, retryAfterOf, statusOf, type Failure } from './failure.ts'
import type { Policy, RetryPolicy } from './policy.ts'
import type { Ledger } from './state.ts'

/**
 * May the request, or what resumes it, be sent again after this failure? A subscription may; any other request
 * costs somebody money or does something twice, so it is repeated only where it cannot have been accepted.
 */
export function mayRepeat(failure: Failure, ledger: Ledger, policy: Policy): boolean {
  if (policy.retry === null) return false
  const rule = repeatable(failure, ledger, policy, policy.retry)
  return policy.retry.when?.(failure, { attempt: ledger.attempt, willRetry: rule }) ?? rule
}

function repeatable(failure: Failure, ledger: Ledger, policy: Policy, retry: RetryPolicy): boolean {
  if (replyOf(failure)?.shouldRetry === false) return false
  if (failure.code === 'http-status') {
    if (failure.reply.status === 401) return policy.refreshes && !ledger.refreshed
    if (failure.reply.shouldRetry === true) return true
  }
  if (policy.continues === 'always' || (ledger.received && ledger.resumable)) return isPassing(failure, retry)
  if (ledger.received) return retry.unsafe && failure.code === 'server-error' && isPassing(failure, retry)
  if (retry.unsafe) return isPassing(failure, retry)
  return cannotHaveBeenAccepted(failure, retry)
}

/** A fault that another attempt may not meet. */
function isPassing(failure: Failure, retry: RetryPolicy): boolean {
  switch (failure.code) {
    case 'network':
      return !failure.fatal
    case 'timeout':
      return failure.timeout !== 'total'
    case 'truncated':
      return true
    case 'http-status':
      return retry.statuses.includes(failure.reply.status)
    case 'server-error':
      return failure.first && retry.statuses.includes(statusOf(failure) ?? 0)
    default:
      return false
  }
}

function cannotHaveBeenAccepted(failure: Failure, retry: RetryPolicy): boolean {
  if (failure.code === 'network') return failure.unsent && !failure.fatal
  if (failure.code !== 'http-status') return false
  const { status } = failure.reply
  return (
    (status === 429 || status === 503) && retry.statuses.includes(status) && retryAfterOf(failure) !== null
  )
}
