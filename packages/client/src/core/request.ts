import { replyOf, retryAfterOf, statusOf, type Failure, type FailureFacts } from './failure.ts'
import type { Stamp } from './input.ts'
import type { Policy, RetryPolicy } from './policy.ts'
import type { Live } from './step.ts'

/** `barred`: the fault may pass, but the request must not be sent twice. */
export type Repeat = 'yes' | 'no' | 'barred'

/**
 * May the request, or what resumes it, be sent again after this failure? A subscription may; any other request
 * costs somebody money or does something twice, so it is repeated only where it cannot have been accepted.
 */
export function mayRepeat(state: Live, failure: Failure, input: Stamp, policy: Policy): Repeat {
  const { ledger } = state
  if (policy.retry.once) return 'no'
  const sendable = !ledger.received || goesOn(state, input, policy)
  const bar = (repeat: Repeat): Repeat => (repeat === 'yes' && !sendable ? 'barred' : repeat)
  const rule = bar(byRule(state, failure, input, policy))
  const said = policy.retry.when?.(failure, { attempt: ledger.attempt, willRetry: rule === 'yes' })
  // A promise, which only an app without types can return, does not count as true.
  return typeof said === 'boolean' ? bar(said ? 'yes' : 'no') : rule
}

/** There is a request that goes on from where the stream stands. */
export function goesOn({ ledger }: Live, { resumable }: Stamp, policy: Policy): boolean {
  const { continues, retry, resumes } = policy
  if (continues === 'always') return true
  return ledger.received && (continues === 'by-resume' ? resumable && resumes : resumable || retry.unsafe)
}

/** The server refuses the request, by a status, or by an error before which its reply has brought nothing: it stands for one. */
export function isRefusal(failure: FailureFacts | null): boolean {
  return failure?.first ?? failure?.code === 'http-status'
}

/** A 401 is worth one more attempt when there is a function that makes fresh headers. */
export function wantsFreshHeaders({ ledger }: Live, failure: Failure, policy: Policy): boolean {
  return isRefusal(failure) && statusOf(failure) === 401 && policy.refreshes && !ledger.refreshed
}

function byRule(state: Live, failure: Failure, input: Stamp, policy: Policy): Repeat {
  const { retry } = policy
  const shouldRetry = replyOf(failure)?.shouldRetry
  if (shouldRetry === false) return 'no'
  if (shouldRetry && failure.code === 'http-status' && !policy.standard) return 'yes'
  if (wantsFreshHeaders(state, failure, policy)) return 'yes'
  if (!isPassing(failure, retry)) return 'no'
  return goesOn(state, input, policy) || retry.unsafe || cannotHaveBeenAccepted(failure) ? 'yes' : 'barred'
}

/** Another attempt may do without this fault. */
function isPassing(failure: Failure, { statuses }: RetryPolicy): boolean {
  if (isRefusal(failure)) return statuses.includes(statusOf(failure) ?? 0)
  const { code, fatal, timeout }: FailureFacts = failure
  return code === 'truncated' || fatal === false || (code === 'timeout' && timeout !== 'total')
}

function cannotHaveBeenAccepted(failure: FailureFacts): boolean {
  const status = statusOf(failure)
  return failure.unsent ?? ((status === 429 || status === 503) && retryAfterOf(failure) !== null)
}
