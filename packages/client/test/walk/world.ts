import type { Effect } from '../../src/core/effect.ts'
import type { Input } from '../../src/core/input.ts'
import type { Policy } from '../../src/core/policy.ts'
import { initialState, type State } from '../../src/core/state.ts'
import { step } from '../../src/core/transition.ts'
import { must } from './must.ts'
import { checkAttempt, checkDelay, Pace } from './rules.ts'

/** What the driver would hold: a request on its way, a reply nobody reads yet, a body, the start of an error page. */
type Held = 'request' | 'probe' | 'reply' | 'body' | 'excerpt' | null

const holds: Readonly<Record<State['type'], readonly Held[]>> = {
  idle: [null],
  connecting: ['request', 'probe'],
  open: ['body'],
  failing: ['excerpt'],
  waiting: [null],
  closed: [null],
}

/** A driver of paper: it takes each effect, does nothing, and objects to what must not be. */
export class World {
  state: State
  readonly policy: Policy
  held: Held = null
  /** When the one timer is due, or null. */
  due: number | null = null
  readonly #pace = new Pace()
  #told = 0

  constructor(policy: Policy) {
    this.policy = policy
    this.state = initialState(policy)
  }

  feed(input: Input): void {
    const before = this.state
    const stale = 'epoch' in input && input.epoch !== before.ledger.epoch
    if (!stale) this.#happen(input)
    const [state, effects] = step(before, input, this.policy)
    if (stale || before.type === 'closed') {
      must(
        state === before && effects.length === 0,
        'a result of another epoch, or anything after the end, changed something',
      )
      return
    }
    this.state = state
    must(state.ledger.epoch >= before.ledger.epoch, 'the epoch went back')
    for (const effect of effects) this.#run(effect, before, input)
    this.#look(before)
  }

  /** What an input means for what is held, before the connection hears of it. */
  #happen(input: Input): void {
    if (input.type === 'response' && this.held === 'request') this.held = 'reply'
    if (input.type === 'failed' && this.held === 'request') this.held = null
    if (input.type === 'not-resumed' && this.held === 'request') this.held = null
    if (input.type === 'probed' && this.held === 'probe') this.held = null
    if (input.type === 'timer') this.due = null
  }

  #run(effect: Effect, before: State, input: Input): void {
    if ('epoch' in effect) must(effect.epoch === this.state.ledger.epoch, 'an effect of another epoch')
    switch (effect.type) {
      case 'connect':
        must(this.held === null, 'two requests at a time')
        this.held = 'request'
        if (effect.attempt !== before.ledger.attempt) {
          must(effect.attempt === before.ledger.attempt + 1, 'attempts were not counted one by one')
          this.#pace.attempt(input)
          checkAttempt(effect, before, input, this.policy)
        }
        return
      case 'probe':
        must(this.held === null, 'a probe beside a request')
        this.held = 'probe'
        return
      case 'drop':
        this.held = null
        return
      case 'read':
        must(this.held === 'reply', 'a body without a reply')
        this.held = 'body'
        return
      case 'read-excerpt':
        must(this.held === 'reply', 'an excerpt without a reply')
        this.held = 'excerpt'
        return
      case 'sleep':
        must(this.due === null, 'two timers at a time')
        this.due = input.at + effect.ms
        checkDelay(effect.ms, before, input, this.state, this.policy)
        return
      case 'cancel-sleep':
        this.due = null
        return
      case 'closed':
        this.#told++
        must(this.state.type === 'closed', 'told of an end that is none')
        return
      case 'announce':
        must(this.held === 'reply', 'announced without a reply')
        return
      case 'report':
        must(effect.willRetry === (this.state.type !== 'closed'), 'the report promises what is not so')
    }
  }

  #look(before: State): void {
    const { state } = this
    must(holds[state.type].includes(this.held), `${state.type} holds ${this.held ?? 'nothing'}`)
    const runs = state.type === 'waiting' && typeof state.until === 'number'
    must((this.due !== null) === runs, runs ? 'waiting without a timer' : 'a timer for nothing')
    if (state.type === 'waiting' && runs) must(state.until === this.due, 'the timer is not the wait')
    must(this.#told === (state.type === 'closed' ? 1 : 0), 'the end must be told once')
    must(before.type !== 'closed' || state === before, 'something followed the end')
  }
}
