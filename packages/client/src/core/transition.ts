import { attempt, reconnect } from './attempt.ts'
import { afterFailure, afterLeftConnection } from './after-failure.ts'
import { complete, expire, giveUp, stop } from './closing.ts'
import { notResumed, receive, timedOut, unanswered } from './connecting.ts'
import type { Input } from './input.ts'
import { ended, eventful, readingFailed, received } from './opened.ts'
import { freeze, renew, thaw } from './parking.ts'
import type { Policy } from './policy.ts'
import { maxReconnectionTime } from './retry-policy.ts'
import type { State } from './state.ts'
import { stay, withLedger, type InputOf, type Live, type StateOf, type Step } from './step.ts'
import { backOnline, due, goOffline, woken } from './waiting.ts'

type Row<S extends State['type']> = {
  readonly [I in Input['type']]?: (state: StateOf<S>, input: InputOf<I>, policy: Policy) => Step
}

/** What the app, the page and the machine may say in every state but the last. */
const commands = {
  close: stop,
  'total-timeout': expire,
  defect: giveUp,
  offline: (state: Live): Step => stay(withLedger(state, { online: false })),
  online: (state: Live): Step => stay(withLedger(state, { online: true })),
}

/** In every state after the start: what the consumer reads may still come from a connection that `reconnect()` has left. */
const started = {
  ...commands,
  'first-byte': received,
  retry: (state: Live, input: InputOf<'retry'>): Step =>
    stay(withLedger(state, { reconnectionTime: Math.min(input.ms, maxReconnectionTime) })),
  finish: complete,
  fail: afterLeftConnection,
  reconnect,
  freeze,
}

/** Every transition there is. A pair that is missing changes nothing. */
const table: { readonly [S in State['type']]: Row<S> } = {
  idle: {
    ...commands,
    start: (state, input, policy) => attempt(withLedger(state, { healthyAt: input.at }), null, input, policy),
  },
  connecting: {
    ...started,
    response: receive,
    failed: unanswered,
    timer: timedOut,
    'not-resumed': notResumed,
  },
  open: { ...started, 'first-event': eventful, fail: readingFailed, ended, wake: renew },
  failing: {
    ...started,
    excerpt: (state, input, policy) =>
      afterFailure(state, { ...state.failure, ...input.refusal }, input, policy),
  },
  waiting: { ...started, timer: due, offline: goOffline, online: backOnline, thaw, wake: woken },
  closed: {},
}

/**
 * One step of the connection: the only place where a connection's state is made. Results of an earlier epoch are
 * dropped, so no promise that settles late can do harm.
 */
export function step(state: State, input: Input, policy: Policy): Step {
  if ('epoch' in input && input.epoch !== state.ledger.epoch) return stay(state)
  // The handler in this place of the table takes just this pair; TypeScript cannot follow two unions at once.
  const handler = table[state.type][input.type] as
    | ((state: State, input: Input, policy: Policy) => Step)
    | undefined
  return handler === undefined ? stay(state) : handler(state, input, policy)
}
