import { attempt } from './attempt.ts'
import { fail } from './closing.ts'
import type { Effect } from './effect.ts'
import type { Failure } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy, RetryPolicy } from './policy.ts'
import { delayBefore, delayOnline, leastDelay, type Occasion } from './retry-policy.ts'
import { letGo, stay, withLedger, type Live, type InputOf, type StateOf, type Step } from './step.ts'

/** Waits for the next attempt, or gives up where the policy's patience is at its end. */
export function wait(
  state: Live,
  occasion: Occasion,
  failure: Failure,
  input: Input,
  retry: RetryPolicy,
): Step {
  // The app is told at once, with the wait that the server asked for, and may decide for itself.
  if (occasion.type === 'failure' && occasion.retryAfter > retry.maxRetryAfter) return fail(state, failure)
  if (state.ledger.fruitless >= retry.maxAttempts) return exhausted(state, 'maxAttempts', failure)
  const base = state.ledger.reconnectionTime ?? retry.initialDelay
  const delay = delayBefore(occasion, base, retry, input.random)
  if (input.at + delay - state.ledger.healthyAt > retry.maxElapsed) {
    return exhausted(state, 'maxElapsed', failure)
  }
  const notBefore = input.at + leastDelay(occasion, base)
  return pause(state, { delay, notBefore, failure, news: failure }, input)
}

/** The wait is over, or a machine that slept has missed the end of it. */
export function due(state: StateOf<'waiting'>, input: Input, policy: Policy): Step {
  return typeof state.until === 'number' ? attempt(state, state.failure, input, policy) : stay(state)
}

/** The network is back: at once, but with some chance, and never sooner than the server allows. */
export function backOnline(state: StateOf<'waiting'>, input: InputOf<'online'>): Step {
  const back = withLedger(state, { online: true })
  if (state.until !== 'online') return stay(back)
  const { notBefore, failure } = state
  const delay = Math.max(delayOnline(input.random), notBefore - input.at)
  return pause(back, { delay, notBefore, failure, news: null }, input)
}

export function goOffline(state: StateOf<'waiting'>): Step {
  if (typeof state.until !== 'number') return stay(withLedger(state, { online: false }))
  const offline = withLedger(state, { online: false, epoch: state.ledger.epoch + 1 })
  return [{ ...offline, until: 'online' }, letGo(state)]
}

interface Pause {
  readonly delay: number
  readonly notBefore: number
  readonly failure: Failure | null
  /** What is told of it: the failure is told once. */
  readonly news: Failure | null
}

/** Without a network the wait has no end of its own, and needs no timer. */
function pause(state: Live, { delay, notBefore, failure, news }: Pause, input: Input): Step {
  const { ledger } = withLedger(state, { epoch: state.ledger.epoch + 1 })
  const { online, epoch } = ledger
  const told: Effect = { type: 'report', failure: news, willRetry: true, delay: online ? delay : null }
  const sleep: readonly Effect[] = online ? [{ type: 'sleep', epoch, ms: delay }] : []
  return [
    { type: 'waiting', ledger, until: online ? input.at + delay : 'online', notBefore, failure },
    [...letGo(state), told, ...sleep],
  ]
}

function exhausted(state: Live, limit: 'maxAttempts' | 'maxElapsed', failure: Failure): Step {
  return fail(state, { code: 'retries-exhausted', limit, cause: failure })
}
