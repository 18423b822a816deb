import type { Effect, Sending } from './effect.ts'
import { retryAfterOf, type Failure, type ReplyFacts } from './failure.ts'
import type { Input } from './input.ts'
import type { Policy } from './policy.ts'
import { nextHop } from './redirect.ts'
import { mayRepeat } from './request.ts'
import { classify } from './response.ts'
import { delayBefore, type Occasion } from './retry-policy.ts'
import type { CloseReason, Ledger, State } from './state.ts'

export type Step = readonly [State, readonly Effect[]]

type StateOf<S extends State['type']> = Extract<State, { type: S }>
type InputOf<I extends Input['type']> = Extract<Input, { type: I }>
type Live = Exclude<State, { type: 'closed' }>
type Row<S extends State['type']> = {
  readonly [I in Input['type']]?: (state: StateOf<S>, input: InputOf<I>, policy: Policy) => Step
}

/** A refused reply's body is read for the error: this much of it, this long. */
const excerpt = { bytes: 4096, ms: 2000 }

/** Every transition there is. A pair that is missing changes nothing. */
const table: { readonly [S in State['type']]: Row<S> } = {
  idle: {
    start: (state, input, policy) => attempt(withLedger(state, { healthyAt: input.at }), policy, null),
    close: stop,
    offline,
    online: backOnline,
  },
  connecting: {
    response: receive,
    failed: (state, input, policy) => disconnected(state, input.failure, input, policy),
    'not-resumed': (state) =>
      close(state, state.cause === null ? { type: 'ended' } : { type: 'failed', failure: state.cause }),
    probed: (state, input, policy) =>
      input.reachable
        ? confirm(state, policy)
        : afterFailure(state, state.cause ?? unexplained, input, policy),
    retry: reconnectionTime,
    finish: complete,
    fail: afterReading,
    timeout: (state, input, policy) =>
      afterFailure(state, { code: 'timeout', timeout: input.timeout, after: input.after }, input, policy),
    'total-timeout': expire,
    reconnect,
    close: stop,
    freeze,
    offline,
    online: backOnline,
  },
  open: {
    'first-byte': (state) => [withLedger(state, { received: true }), []],
    'first-event': (state, input) => [
      { ...withLedger(state, { fruitless: 0, healthyAt: input.at }), eventful: true },
      [],
    ],
    retry: reconnectionTime,
    finish: complete,
    fail: (state, input, policy) => afterReading(settled(state, input.at, policy), input, policy),
    ended,
    'total-timeout': expire,
    reconnect,
    close: stop,
    freeze,
    wake: (state, input, policy) =>
      policy.continues === 'always' ? reconnect(state, input, policy) : [state, []],
    offline,
    online: backOnline,
  },
  failing: {
    excerpt: (state, input, policy) =>
      afterFailure(state, withExcerpt(state.failure, input.text), input, policy),
    retry: reconnectionTime,
    finish: complete,
    fail: afterReading,
    'total-timeout': expire,
    reconnect,
    close: stop,
    freeze,
    offline,
    online: backOnline,
  },
  waiting: {
    timer: (state, _input, policy) => (state.parked ? [state, []] : attempt(state, policy, state.failure)),
    retry: reconnectionTime,
    finish: complete,
    fail: afterReading,
    'total-timeout': expire,
    reconnect,
    close: stop,
    freeze,
    thaw: reconnect,
    wake: (state, input, policy) => (state.parked ? [state, []] : reconnect(state, input, policy)),
    offline: (state) => [
      { ...withLedger(state, { online: false }), parked: true },
      state.parked ? [] : [{ type: 'cancel-sleep' }],
    ],
    online: (state, input, policy) => {
      const back = withLedger(state, { online: true })
      if (!state.parked || policy.retry === null) return [back, []]
      return sleep(back, { type: 'online' }, state.failure, input, policy, [])
    },
  },
  closed: {},
}

/**
 * One step of the connection: the only place where a connection's state is made. Results of an earlier epoch are
 * dropped, so no promise that settles late can do harm.
 */
export function step(state: State, input: Input, policy: Policy): Step {
  if ('epoch' in input && input.epoch !== state.ledger.epoch) return [state, []]
  // The row's function takes just this pair; TypeScript cannot follow two unions at once.
  const handler = table[state.type][input.type] as
    | ((state: State, input: Input, policy: Policy) => Step)
    | undefined
  return handler === undefined ? [state, []] : handler(state, input, policy)
}

function withLedger<S extends State>(state: S, changes: Partial<Ledger>): S {
  return { ...state, ledger: { ...state.ledger, ...changes } }
}

function attempt(state: Live, policy: Policy, cause: Failure | null, before: readonly Effect[] = []): Step {
  const { ledger } = withLedger(state, {
    epoch: state.ledger.epoch + 1,
    attempt: state.ledger.attempt + 1,
    fruitless: state.ledger.fruitless + 1,
  })
  const sending: Sending = { type: policy.resumes && ledger.received ? 'resume' : 'request' }
  return [
    { type: 'connecting', ledger, hops: [], probe: 'none', cause },
    [...before, connect(ledger, sending, policy)],
  ]
}

function connect(ledger: Ledger, sending: Sending, policy: Policy): Effect {
  return {
    type: 'connect',
    epoch: ledger.epoch,
    attempt: ledger.attempt,
    sending,
    timeout: policy.timeouts.headers,
  }
}

function receive(state: StateOf<'connecting'>, input: InputOf<'response'>, policy: Policy): Step {
  const { reply } = input
  const meaning = classify(reply, policy)
  switch (meaning.type) {
    case 'accepted': {
      const opened = withLedger(state, { opened: true, refreshed: false }).ledger
      if (meaning.body === 'end') {
        const [closed, effects] = close(state, { type: 'complete' })
        return [closed, [{ type: 'announce', reply }, ...effects]]
      }
      return [
        { type: 'open', ledger: opened, openedAt: input.at, reply, body: meaning.body, eventful: false },
        [
          { type: 'announce', reply },
          { type: 'read', epoch: opened.epoch, body: meaning.body, reply },
        ],
      ]
    }
    case 'redirect':
      return redirect(state, reply, policy)
    case 'no-content':
      return close(state, { type: 'failed', failure: { code: 'no-content', reply } })
    case 'refused':
      if (!policy.excerpts) return afterFailure(state, meaning.failure, input, policy)
      return [
        { type: 'failing', ledger: state.ledger, failure: meaning.failure },
        [{ type: 'read-excerpt', epoch: state.ledger.epoch, ...excerpt }],
      ]
  }
}

function redirect(state: StateOf<'connecting'>, reply: ReplyFacts, policy: Policy): Step {
  const hop = nextHop(reply, state.hops, policy)
  if (typeof hop === 'string')
    return close(state, { type: 'failed', failure: { code: 'redirect', reason: hop, reply } })
  return [
    { ...state, hops: [...state.hops, hop.url] },
    [{ type: 'drop' }, connect(state.ledger, hop, policy)],
  ]
}

const unexplained: Failure = { code: 'network', cause: undefined, unsent: false, fatal: false }

/** No reply came. In a page this may be a CORS refusal, which fetch hides: a probe finds out, one more request confirms. */
function disconnected(
  state: StateOf<'connecting'>,
  failure: Failure,
  input: InputOf<'failed'>,
  policy: Policy,
): Step {
  if (state.probe === 'confirming') {
    return close(state, { type: 'failed', failure: refusedByCors(failure) })
  }
  const suspicious = policy.corsProbe && !state.ledger.opened && failure.code === 'network' && !failure.fatal
  if (!suspicious) return afterFailure(state, failure, input, policy)
  return [{ ...state, probe: 'probing', cause: failure }, [{ type: 'probe', epoch: state.ledger.epoch }]]
}

function confirm(state: StateOf<'connecting'>, policy: Policy): Step {
  return [{ ...state, probe: 'confirming' }, [connect(state.ledger, { type: 'again' }, policy)]]
}

function refusedByCors(failure: Failure): Failure {
  const cause = failure.code === 'network' ? failure.cause : undefined
  const hint = 'the server answers, but its CORS headers do not allow this origin to read the reply'
  return { code: 'network', cause, unsent: false, fatal: true, hint }
}

function ended(before: StateOf<'open'>, input: InputOf<'ended'>, policy: Policy): Step {
  const state = settled(withLedger(before, { resumable: input.resumable }), input.at, policy)
  if (input.verdict === 'complete') return close(state, { type: 'complete' })
  const clean = input.failure === null && input.verdict === 'ended'
  if (clean && policy.continues === 'by-resume') return close(state, { type: 'ended' })

  const failure: Failure = input.failure ?? { code: 'truncated', hint: input.hint }
  if (!mayRepeat(failure, state.ledger, policy)) {
    if (clean && policy.continues === 'always') return close(state, { type: 'ended' })
    return close(state, { type: 'failed', failure: notRepeated(failure, policy) })
  }
  if (input.failure !== null || !state.eventful) return afterFailure(state, failure, input, policy)
  const lived = input.at - state.openedAt
  return wait(withLedger(state, { failures: 0 }), { type: 'clean-end', lived }, failure, input, policy)
}

/** A connection that lived long enough was healthy: what comes now is a new trouble. */
function settled(state: StateOf<'open'>, at: number, policy: Policy): StateOf<'open'> {
  const healthy = at - state.openedAt >= (policy.retry?.healthyAfter ?? 0)
  return healthy ? withLedger(state, { failures: 0, healthyAt: at }) : state
}

function notRepeated(failure: Failure, policy: Policy): Failure {
  if (policy.continues !== 'with-id' || (failure.code !== 'network' && failure.code !== 'truncated'))
    return failure
  return { code: 'not-repeated', method: policy.method, cause: failure }
}

function afterFailure(state: Live, failure: Failure, input: Input, policy: Policy): Step {
  if (!mayRepeat(failure, state.ledger, policy)) {
    return close(state, {
      type: 'failed',
      failure: state.ledger.received ? notRepeated(failure, policy) : failure,
    })
  }
  const failures = state.ledger.failures + 1
  const counted = withLedger(state, { failures })
  if (failure.code === 'http-status' && failure.reply.status === 401) {
    return wait(withLedger(counted, { refreshed: true }), { type: 'refresh' }, failure, input, policy)
  }
  const retryAfter = retryAfterOf(failure) ?? 0
  return wait(counted, { type: 'failure', failures, retryAfter }, failure, input, policy)
}

function wait(state: Live, occasion: Occasion, failure: Failure, input: Input, policy: Policy): Step {
  const { retry } = policy
  if (retry === null) return close(state, { type: 'failed', failure })
  // The app is told at once, with the wait that the server asked for, and may decide for itself.
  if (occasion.type === 'failure' && occasion.retryAfter > retry.maxRetryAfter) {
    return close(state, { type: 'failed', failure })
  }
  if (state.ledger.fruitless >= retry.maxAttempts) return exhausted(state, 'maxAttempts', failure)
  return sleep(state, occasion, failure, input, policy, [{ type: 'drop' }])
}

function sleep(
  state: Live,
  occasion: Occasion,
  failure: Failure | null,
  input: Input,
  policy: Policy,
  before: readonly Effect[],
): Step {
  const { retry } = policy
  if (retry === null) return [state, []]
  const base = state.ledger.reconnectionTime ?? retry.initialDelay
  const delay = delayBefore(occasion, base, retry, input.random)
  if (failure !== null && input.at + delay - state.ledger.healthyAt > retry.maxElapsed) {
    return exhausted(state, 'maxElapsed', failure)
  }
  const { ledger } = withLedger(state, { epoch: state.ledger.epoch + 1 })
  const parked = !ledger.online
  const timer: readonly Effect[] = parked ? [] : [{ type: 'sleep', epoch: ledger.epoch, ms: delay }]
  return [
    { type: 'waiting', ledger, until: input.at + delay, parked, failure },
    [...before, { type: 'report', failure, willRetry: true, delay }, ...timer],
  ]
}

function exhausted(state: Live, limit: 'maxAttempts' | 'maxElapsed', failure: Failure): Step {
  return close(state, { type: 'failed', failure: { code: 'retries-exhausted', limit, cause: failure } })
}

function withExcerpt(failure: Failure, text: string): Failure {
  return failure.code === 'http-status' || failure.code === 'content-type'
    ? { ...failure, excerpt: text }
    : failure
}

function reconnect(state: Live, _input: Input, policy: Policy): Step {
  return attempt(state, policy, null, [{ type: 'drop' }, { type: 'cancel-sleep' }])
}

function freeze(state: Live, input: InputOf<'freeze'>, policy: Policy): Step {
  if (policy.continues !== 'always' || policy.retry === null) return [state, []]
  const { ledger } = withLedger(state, { epoch: state.ledger.epoch + 1 })
  return [
    { type: 'waiting', ledger, until: input.at, parked: true, failure: null },
    [{ type: 'drop' }, { type: 'cancel-sleep' }],
  ]
}

function reconnectionTime(state: Live, input: InputOf<'retry'>): Step {
  return [withLedger(state, { reconnectionTime: input.ms }), []]
}

function complete(state: Live): Step {
  return close(state, { type: 'complete' })
}

/** `reconnect()` may have left the connection whose last events are still being read. */
function afterReading(state: Live, input: InputOf<'fail'>, policy: Policy): Step {
  return afterFailure(state, input.failure, input, policy)
}

function offline(state: Live): Step {
  return [withLedger(state, { online: false }), []]
}

function backOnline(state: Live): Step {
  return [withLedger(state, { online: true }), []]
}

function expire(state: Live, input: InputOf<'total-timeout'>): Step {
  return close(state, { type: 'failed', failure: { code: 'timeout', timeout: 'total', after: input.after } })
}

function stop(state: Live, input: InputOf<'close'>): Step {
  return close(state, { type: 'stopped', by: input.by, reason: input.reason })
}

function close(state: Live, reason: CloseReason): Step {
  const { ledger } = withLedger(state, { epoch: state.ledger.epoch + 1 })
  const report: readonly Effect[] =
    reason.type === 'failed'
      ? [{ type: 'report', failure: reason.failure, willRetry: false, delay: null }]
      : []
  return [
    { type: 'closed', ledger, reason },
    [{ type: 'drop' }, { type: 'cancel-sleep' }, ...report, { type: 'closed', reason }],
  ]
}
