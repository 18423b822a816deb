import type { Effect } from '../../src/core/effect.ts'
import { replyOf, retryAfterOf, statusOf, type Failure } from '../../src/core/failure.ts'
import type { Input } from '../../src/core/input.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { State } from '../../src/core/state.ts'
import { must } from './must.ts'

/** What app, page and machine ask for; all other attempts are automatic. */
const asked = new Set<Input['type']>(['start', 'reconnect', 'thaw', 'wake'])

/** No automatic attempt within 500 ms of the one before: so at most 3 in the first second and 2 in each one after. */
export class Pace {
  #last = Number.NEGATIVE_INFINITY

  attempt({ type, at }: Input): void {
    must(asked.has(type) || at - this.#last >= 500, `attempts ${at - this.#last} ms apart`)
    this.#last = at
  }
}

/** Whatever comes back: the network, the page, the machine. */
const back = new Set<Input['type']>(['online', 'thaw', 'wake'])

/** What is left of the wait that the server asked for, in ms. */
function askedFor(before: State, input: Input): number {
  const slept = input.type === 'wake' ? input.slept : 0
  return before.type === 'waiting' ? before.notBefore - input.at - slept : 0
}

/** A delay lies within what the server and the policy say, whatever chance says. */
export function checkDelay(ms: number, before: State, input: Input, after: State, policy: Policy): void {
  const { retry } = policy
  must(!retry.once && after.type === 'waiting', 'a wait without a policy to wait by')
  must(Number.isInteger(ms) && ms >= 500 && ms <= 0x7fffffff, `a delay of ${ms} ms`)
  if (back.has(input.type)) {
    const left = askedFor(before, input)
    must(ms <= Math.max(1000, left) && ms >= left, `${ms} ms after ${input.type}`)
    return
  }
  const base = Math.max(500, Math.min(before.ledger.reconnectionTime ?? retry.initialDelay, 0x7fffffff))
  const retryAfter = after.failure === null ? 0 : (retryAfterOf(after.failure) ?? 0)
  const refresh = after.ledger.refreshed && !before.ledger.refreshed
  must(refresh || ms >= base - 1, `${ms} ms, below the base of ${base}`)
  must(refresh || ms >= Math.min(retryAfter, 0x7fffffff), `${ms} ms, below Retry-After`)
  const most = Math.max(retry.maxDelay, Math.max(base, retryAfter) + base * retry.jitter)
  must(ms <= most + 1, `${ms} ms, above ${most}`)
}

/** The rule on requests that are no GET, as the documentation has it. */
export function checkAttempt(
  { sending }: Extract<Effect, { type: 'connect' }>,
  before: State,
  input: Input,
  policy: Policy,
): void {
  must(
    !back.has(input.type) || askedFor(before, input) <= 0,
    `an attempt by ${input.type}, before it was allowed`,
  )
  const first = before.ledger.attempt === 0
  if (policy.method === 'GET' || first) return
  const { received } = before.ledger
  const byApp = input.type === 'reconnect'
  const unsafe = policy.retry.unsafe
  if (received) {
    const resumed = sending === 'resume' && policy.resumes
    const ofTheClass = policy.continues === 'with-id' && sending === 'request'
    must(resumed || ofTheClass, 'a request went out again after its first byte')
    return
  }
  must(sending === 'request', 'resumed before there was anything to resume')
  const cause = before.type === 'waiting' ? before.failure : null
  const parked = before.type === 'waiting' && cause === null
  const word = policy.retry.when !== null
  must(
    byApp || unsafe || word || parked || (cause !== null && refuses(cause)),
    `a ${policy.method} went out again after ${cause === null ? 'nothing' : cause.code}`,
  )
}

function refuses(failure: Failure): boolean {
  if (failure.code === 'network') return failure.unsent
  const status = statusOf(failure)
  const refused = status === 401 || ((status === 429 || status === 503) && retryAfterOf(failure) !== null)
  return refused || replyOf(failure)?.shouldRetry === true
}
