import { attempt } from './attempt.ts'
import { fail } from './closing.ts'
import type { Failure } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { delayBefore, delayOnline, leastDelay, type Occasion } from './retry-policy.ts'
import { nextEpoch, stay, withLedger, type InputOf, type Live, type StateOf, type Step } from './step.ts'

type Waiting = StateOf<'waiting'>

/** Waits for the next attempt, or gives up where the policy's patience is at its end. */
export function wait(
  state: Live,
  failure: Failure,
  given: Partial<Occasion>,
  { at, random }: Input,
  { retry }: Policy,
): Step {
  const { reconnectionTime, fruitless, healthyAt, online } = state.ledger
  const base = reconnectionTime ?? retry.initialDelay
  const occasion = { ...retry, base, failures: 1, retryAfter: 0, ...given }
  // The app is told at once, with the wait that the server asked for, and may decide for itself.
  if (occasion.retryAfter > retry.maxRetryAfter) return fail(state, failure)
  const exhausted = (limit: 'maxAttempts' | 'maxElapsed') =>
    fail(state, { code: 'retries-exhausted', limit, cause: failure })
  if (fruitless >= retry.maxAttempts) return exhausted('maxAttempts')
  const delay = delayBefore(occasion, retry.factor, random)
  if (at + delay - healthyAt > retry.maxElapsed) return exhausted('maxElapsed')
  const rest = { notBefore: at + leastDelay(occasion), failure }
  // Without a network no time ends the wait, so it needs no timer.
  return online ? pause(state, at + delay, rest, failure, delay) : pause(state, 'online', rest, failure)
}

/** The wait is over. */
export function due(state: Waiting, input: Input, policy: Policy): Step {
  return typeof state.until === 'number' ? attempt(state, state.failure, input, policy) : stay(state)
}

/** The machine slept: so much of the wait is over, and all of it that the server did not ask for. */
export function woken(state: Waiting, input: InputOf<'wake'>, policy: Policy): Step {
  const rested = { ...state, notBefore: state.notBefore - input.slept }
  return typeof state.until === 'number' ? goOn(rested, input, policy) : stay(rested)
}

/** The network is back. */
export function backOnline(state: Waiting, input: InputOf<'online'>): Step {
  const back = withLedger(state, { online: true })
  return state.until === 'online' ? soon(back, state, input) : stay(back)
}

export function goOffline(state: Waiting): Step {
  const offline = withLedger(state, { online: false })
  return typeof state.until === 'number' ? pause(offline, 'online', state) : stay(offline)
}

/** What outlasts whatever happens while waiting. */
type Rest = Pick<Waiting, 'notBefore' | 'failure'>

/** Another attempt, as soon as there is a network and the server allows it. */
export function goOn(state: Live, input: Input, policy: Policy): Step {
  const rest = restOf(state, input)
  if (!state.ledger.online) return pause(state, 'online', rest)
  return rest.notBefore > input.at ? soon(state, rest, input) : attempt(state, rest.failure, input, policy)
}

export function restOf(state: Live, { at }: Input): Rest {
  return state.type === 'waiting' ? state : { notBefore: at, failure: null }
}

/** A short wait with jitter, but never sooner than the server allows. */
function soon(state: Live, rest: Rest, { at, random }: Input): Step {
  const delay = Math.max(delayOnline(random), rest.notBefore - at)
  return pause(state, at + delay, rest, null, delay)
}

/** Enters a wait, with a timer or without. `news`: the failure to report, once; null if it was reported before. */
export function pause(
  state: Live,
  until: Waiting['until'],
  { notBefore, failure }: Rest,
  news: Failure | null = null,
  delay: number | null = null,
): Step {
  return [
    { type: 'waiting', ledger: nextEpoch(state), until, notBefore, failure },
    { type: 'wait', failure: news, delay },
  ]
}
