import type { Failure } from '../../src/core/failure.ts'
import type { Command, Input, Result } from '../../src/core/input.ts'
import { Chance } from '../support/chance.ts'
import { broken, futile, idle, reply, serverError, tooLarge, truncated, unsent } from '../machine/facts.ts'
import { sampleInputs } from '../machine/inputs.ts'
import { sample } from '../machine/policies.ts'
import { corsProbe } from '../../src/core/cors-probe.ts'
import type { Policy } from '../../src/core/policy.ts'
import { World } from './world.ts'

const hostile = [0, 1, 499, 500, 3000, 60_000, 3_600_001, 2_147_483_648, 1e20] as const
const failures: readonly [Failure, ...Failure[]] = [broken, unsent, idle, unsent, broken, idle]
const opaque: Result = { type: 'response', reply: reply({ status: 0, mediaType: '' }) }
const unreachable: readonly Result[] = [broken, unsent].map((failure) => ({ type: 'failed', failure }))
/** Also what cannot be told just now, but for the first byte: that one is told of a body, always. */
const anything = Object.values(sampleInputs).filter(({ type }) => type !== 'first-byte')

/** One connection from its start to its end, or to its last step, by the dice of one seed. Throws where a rule breaks. */
export class Life {
  readonly seed: number
  /** Every input so far, for the report. */
  readonly history: Input[] = []
  readonly #chance: Chance
  readonly #world: World
  #at = 0
  #resumable = false

  constructor(seed: number) {
    this.seed = seed
    this.#chance = new Chance(seed)
    this.#world = new World(this.#policy())
    this.#resumable = this.#world.policy.cold
  }

  /** Walks on; true when the connection is closed. */
  step(): boolean {
    const chance = this.#chance
    const { state } = this.#world
    const result = this.#next()
    this.#at +=
      this.#world.due !== null && result.type === 'timer' ? this.#world.due - this.#at : this.#pause()
    if (result.type === 'first-byte' && chance.happens(0.7)) this.#resumable = chance.happens(0.7)
    const { epoch } = state.ledger
    const stale = chance.happens(0.1) ? epoch - chance.between(1, 3) : epoch
    const stamp = {
      at: this.#at,
      random: chance.next(),
      resumable: this.#resumable,
      repeated: chance.happens(0.1) ? 1 : 0,
      epoch: stale,
    }
    const input: Input = { ...result, ...stamp }
    this.history.push(input)
    this.#world.feed(input)
    return this.#world.state.type === 'closed' && chance.happens(0.3)
  }

  #pause(): number {
    return this.#chance.happens(0.5) ? 0 : this.#chance.pick([1, 10, 400, 1000, 6000, 40_000])
  }

  #next(): Command | Result {
    const chance = this.#chance
    if (this.#world.state.type === 'idle' && chance.happens(0.8)) return { type: 'start' }
    if (chance.happens(0.12)) return this.#command()
    if (chance.happens(0.03)) return chance.pick([{ type: 'start' }, ...anything])
    return this.#result()
  }

  #command(): Command {
    const chance = this.#chance
    if (chance.happens(0.01)) return { type: 'close', by: 'close', reason: null }
    if (chance.happens(0.01))
      return { type: 'total-timeout', verdict: chance.pick(['complete', 'truncated']) }
    if (chance.happens(0.01)) return { type: 'defect', cause: null }
    return chance.pick<Command>([
      { type: 'reconnect' },
      { type: 'offline' },
      { type: 'online' },
      { type: 'online' },
      { type: 'freeze' },
      { type: 'thaw' },
      { type: 'thaw' },
      { type: 'wake', slept: chance.pick([10_000, 10_001, 60_000, 3_600_000]) },
    ])
  }

  /** Something that the driver could tell just now. */
  #result(): Command | Result {
    const chance = this.#chance
    switch (this.#world.held) {
      case 'request':
        return this.#reply()
      case 'probe':
        return chance.pick<Result>([opaque, ...unreachable, { type: 'timer' }])
      case 'excerpt':
        return { type: 'excerpt', refusal: { excerpt: 'busy' } }
      case 'body':
        return chance.happens(0.4) ? this.#end() : this.#read()
      default:
        if (this.#world.due !== null) return { type: 'timer' }
        return chance.pick<Command>([{ type: 'online' }, { type: 'thaw' }])
    }
  }

  #reply(): Result {
    const chance = this.#chance
    if (chance.happens(0.5)) return { type: 'response', reply: reply() }
    if (chance.happens(0.5)) return { type: 'failed', failure: chance.pick(failures) }
    if (chance.happens(0.02)) return { type: 'failed', failure: futile }
    if (chance.happens(0.1)) return { type: 'timer' }
    if (chance.happens(0.02)) return { type: 'not-resumed' }
    const url = `https://a.example/${chance.between(0, 999)}`
    const status = chance.happens(0.1)
      ? chance.pick([200, 401, 404, 204])
      : chance.pick([302, 307, 408, 429, 500, 503, 503])
    return {
      type: 'response',
      reply: reply({
        status,
        method: this.#world.policy.method,
        mediaType: chance.happens(0.95) ? 'text/event-stream' : 'text/html',
        retryAfter: chance.happens(0.4) ? chance.pick(hostile) : null,
        shouldRetry: chance.happens(0.1) ? chance.happens(0.5) : null,
        redirect: status === 302 || status === 307 ? { url, sameOrigin: true, downgrade: false } : null,
      }),
    }
  }

  #read(): Result {
    const chance = this.#chance
    if (chance.happens(0.005)) return { type: 'finish' }
    if (chance.happens(0.01)) return { type: 'fail', failure: chance.pick([tooLarge, serverError()]) }
    if (chance.happens(0.1)) {
      const said = chance.happens(0.5) ? { retryAfter: chance.pick(hostile) } : {}
      return { type: 'fail', failure: serverError({ first: true, ...said }) }
    }
    return chance.pick<Result>([
      { type: 'first-byte' },
      { type: 'first-event' },
      { type: 'retry', ms: chance.pick(hostile) },
    ])
  }

  #end(): Result {
    const chance = this.#chance
    const hint = truncated.hint
    if (chance.happens(0.4))
      return { type: 'ended', failure: chance.pick(failures), verdict: 'truncated', hint }
    const verdict = chance.happens(0.02) ? 'complete' : chance.pick(['ended', 'truncated'] as const)
    return { type: 'ended', failure: null, verdict, hint }
  }

  #policy(): Policy {
    const chance = this.#chance
    const get = chance.happens(0.6)
    const standard = chance.happens(0.5)
    const resumes = !standard && !get && chance.happens(0.6)
    const unlimited = chance.happens(0.8)
    const parts = {
      method: get ? 'GET' : 'POST',
      standard,
      resumes,
      cold: resumes && chance.happens(0.2),
      probe: standard && get && chance.happens(0.4) ? corsProbe : null,
    }
    const retry = {
      initialDelay: chance.pick([0, 300, 1000, 3000, 3000, 7_200_000]),
      maxDelay: chance.pick([0, 30_000, 30_000, 2 ** 40]),
      factor: chance.pick([1, 1.6, 1.6, 10]),
      jitter: chance.pick([0, 0.75, 0.75, 1]),
      unsafe: chance.happens(0.2),
      maxAttempts: unlimited ? Number.POSITIVE_INFINITY : chance.between(1, 6),
      maxElapsed: unlimited ? Number.POSITIVE_INFINITY : 100_000,
      maxRetryAfter: chance.pick([300_000, Number.POSITIVE_INFINITY]),
      statuses: chance.pick([[], [408, 429, 500, 503], [408, 429, 500, 503]]),
      ...(chance.happens(0.1) ? { when: () => chance.pick([true, false, undefined]) } : {}),
    }
    const headers = chance.happens(0.3) ? { headers: () => ({}) } : {}
    const never = chance.happens(0.03)
    return sample('', parts, false, { retry: never ? false : retry, ...headers }).policy
  }
}
