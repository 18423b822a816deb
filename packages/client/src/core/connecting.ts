import { afterFailure } from './after-failure.ts'
import { connect } from './attempt.ts'
import { close, complete, fail } from './closing.ts'
import type { Failure, ReplyFacts } from './failure.ts'
import type { Policy, Redirects } from './policy.ts'
import { classify } from './response.ts'
import { stay, withLedger, type InputOf, type StateOf, type Step } from './step.ts'

type Connecting = StateOf<'connecting'>

/** A refused reply's body is read for the error: this much of it, this long. */
const excerpt = { bytes: 4096, ms: 2000 }

export function receive(state: Connecting, input: InputOf<'response'>, policy: Policy): Step {
  if (state.probe === 'probing') return stay(state)
  const { reply } = input
  const meaning = classify(reply, policy)
  switch (meaning.type) {
    case 'accepted': {
      const { ledger } = withLedger(state, { opened: true, refreshed: false })
      const { body } = meaning
      if (body !== 'end') {
        return [
          { type: 'open', ledger, openedAt: input.at, body, eventful: false },
          [
            { type: 'announce', reply },
            { type: 'read', epoch: ledger.epoch },
          ],
        ]
      }
      const [closed, effects] = complete(state)
      return [closed, [{ type: 'announce', reply }, ...effects]]
    }
    case 'redirect':
      return redirect(state, input, meaning.take)
    case 'no-content':
      return fail(state, nothingLeft(state, reply, policy))
    case 'refused':
      if (policy.standard) return afterFailure(state, meaning.failure, input, policy)
      return [
        { type: 'failing', ledger: state.ledger, failure: meaning.failure },
        [{ type: 'read-excerpt', epoch: state.ledger.epoch, ...excerpt }],
      ]
  }
}

/** 204 where an answer that was cut should go on: there is no more of it, and it stays what it was, cut. */
function nothingLeft({ ledger, cause }: Connecting, reply: ReplyFacts, policy: Policy): Failure {
  const cut = policy.continues === 'by-resume' && ledger.received
  return cut && cause !== null ? cause : { code: 'no-content', reply }
}

/** All hops of an attempt share its headers timeout. */
function redirect(state: Connecting, { reply, at }: InputOf<'response'>, take: Redirects): Step {
  const hop = take(reply, state.hops)
  if (typeof hop === 'string') return fail(state, { code: 'redirect', reason: hop, reply })
  const left = Math.max(0, state.timeout - (at - state.startedAt))
  return [
    { ...state, hops: [...state.hops, hop.url] },
    [{ type: 'drop' }, connect(state.ledger, { type: 'hop', ...hop }, left)],
  ]
}

/** No reply came. In a page this may be a CORS refusal, which fetch hides: a probe finds out, one more request confirms. */
export function disconnected(state: Connecting, input: InputOf<'failed'>, policy: Policy): Step {
  const { failure } = input
  if (state.probe === 'probing') return stay(state)
  const suspicious = policy.corsProbe && !state.ledger.opened && failure.code === 'network' && !failure.fatal
  if (!suspicious) return afterFailure(state, failure, input, policy)
  if (state.probe === 'confirming') return fail(state, refusedByCors(failure))
  const { epoch } = state.ledger
  return [{ ...state, probe: 'probing', cause: failure }, [{ type: 'probe', epoch, timeout: state.timeout }]]
}

export function probed(state: Connecting, input: InputOf<'probed'>, policy: Policy): Step {
  if (state.probe !== 'probing' || state.cause === null) return stay(state)
  if (!input.reachable) return afterFailure(state, state.cause, input, policy)
  const again = connect(state.ledger, { type: 'again' }, state.timeout)
  return [{ ...state, probe: 'confirming' }, [again]]
}

/** `resume` had nothing to go on with: what it was called for is the last word. */
export function notResumed(state: Connecting): Step {
  return state.cause === null ? close(state, { type: 'ended' }) : fail(state, state.cause)
}

export function silent(state: Connecting, input: InputOf<'timeout'>, policy: Policy): Step {
  return afterFailure(state, { code: 'timeout', timeout: 'headers', after: state.timeout }, input, policy)
}

function refusedByCors(failure: Extract<Failure, { code: 'network' }>): Failure {
  const hint = 'the server answers, but its CORS headers do not allow this origin to read the reply'
  return { ...failure, fatal: true, hint }
}
