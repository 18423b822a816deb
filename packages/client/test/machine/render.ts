import type { Effect } from '../../src/core/effect.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Input } from '../../src/core/input.ts'
import type { CloseReason, Ledger, State } from '../../src/core/state.ts'
import { step } from '../../src/core/transition.ts'
import { sampleInputs } from './inputs.ts'
import { samples, type Sample } from './policies.ts'
import { now, sampleStates } from './states.ts'

/** What a step led to, as one line of text; null where nothing changed. */
function outcomeOf(state: State, input: Input, { policy }: Sample): string | null {
  const [next, effect] = step(state, input, policy)
  const changes = ledgerChanges(state.ledger, next.ledger)
  const epoch = next.ledger.epoch === state.ledger.epoch ? '' : '*'
  const same = describe(next) === describe(state) && epoch === ''
  if (same && changes === '' && effect === null) return null
  const to = same ? 'as before' : describe(next) + epoch
  return [to, changes, effect === null ? '' : told(effect)].filter((part) => part !== '').join(' | ')
}

/** The whole table as text: each state, each input, and which policies agree on what follows. */
export function renderTable(): string {
  const first = samples[0]
  if (first === undefined) return ''
  const blocks = Object.keys(sampleStates(first.policy)).map((stateName) => {
    const ignored: string[] = []
    const lines: string[] = []
    for (const [inputName, input] of Object.entries(sampleInputs)) {
      const outcomes = new Map<string, string[]>()
      for (const sample of samples) {
        const state = sampleStates(sample.policy)[stateName]
        if (state === undefined) continue
        const outcome = outcomeOf(state, stamped(input, state, sample.resumable), sample) ?? 'nothing'
        outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), sample.name])
      }
      if (outcomes.size === 1 && outcomes.has('nothing')) ignored.push(inputName)
      else lines.push(...rows(inputName, outcomes))
    }
    const nothing = ignored.length === 0 ? [] : [`  nothing: ${ignored.join('; ')}`]
    return [`## ${stateName}`, ...lines, ...nothing].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function rows(input: string, outcomes: ReadonlyMap<string, readonly string[]>): string[] {
  const [only] = outcomes.keys()
  if (outcomes.size === 1 && only !== undefined) return [`  ${input} → ${only}`]
  const each = Array.from(outcomes, ([outcome, names]) => `    ${names.join(', ')} → ${outcome}`)
  return [`  ${input}`, ...each]
}

function stamped(input: (typeof sampleInputs)[string], state: State, resumable: boolean): Input {
  const stamp = { epoch: state.ledger.epoch, at: now, random: 0.5, resumable }
  return { ...input, ...stamp }
}

function describe(state: State): string {
  switch (state.type) {
    case 'connecting': {
      const hops = state.hops.length === 0 ? '' : `, ${state.hops.length} hop`
      const probe = state.probe === 'none' ? '' : `, ${state.probe}`
      return `connecting${hops}${probe}`
    }
    case 'open':
      return state.eventful ? 'open, with events' : 'open'
    case 'failing':
      return `failing (${failureText(state.failure)})`
    case 'waiting':
      return typeof state.until === 'number'
        ? `waiting ${state.until - now} ms (at least ${state.notBefore - now})`
        : `waiting for ${state.until}`
    case 'closed':
      return `closed: ${closeReason(state.reason)}`
    case 'idle':
      return 'idle'
  }
}

function ledgerChanges(before: Ledger, after: Ledger): string {
  const { epoch: _epoch, ...rest } = after
  return Object.entries(rest)
    .filter(([name, value]) => Reflect.get(before, name) !== value)
    .map(([name, value]) => `${name} ${Reflect.get(before, name)}→${value}`)
    .join(', ')
}

function told(effect: Effect): string {
  switch (effect.type) {
    case 'connect': {
      const { sending, timeout } = effect
      const what = typeof sending === 'string' ? sending : `hop${sending.get ? ' as GET' : ''}`
      return `connect (${what}, ${timeout / 1000} s for headers)`
    }
    case 'read-excerpt':
      return 'read excerpt'
    case 'wait': {
      const news = effect.failure === null ? 'no news' : failureText(effect.failure)
      return `wait, tell ${news}, again ${effect.delay === null ? 'some day' : `in ${effect.delay}`}`
    }
    case 'closed':
      return 'tell closed'
    case 'open':
      return 'tell open, read'
  }
}

function closeReason(reason: CloseReason): string {
  switch (reason.type) {
    case 'failed':
      return failureText(reason.failure)
    case 'stopped':
      return `by ${reason.by}`
    default:
      return reason.type
  }
}

function failureText(failure: Failure): string {
  switch (failure.code) {
    case 'http-status':
      return `http-status ${failure.reply.status}${failure.excerpt === '' ? '' : ` "${failure.excerpt}"`}`
    case 'timeout':
      return `${failure.timeout} timeout`
    case 'network':
      return failure.hint === undefined ? `network (${String(failure.cause)})` : `network: ${failure.hint}`
    case 'redirect':
      return `redirect (${failure.reason})`
    case 'not-repeated':
    case 'retries-exhausted':
      return `${failure.code} after ${failureText(failure.cause)}`
    default:
      return failure.code
  }
}
