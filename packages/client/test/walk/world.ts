import type { Effect } from '../../src/core/effect.ts'
import type { Input } from '../../src/core/input.ts'
import type { Policy } from '../../src/core/policy.ts'
import { initialState } from '../../src/core/initial-state.ts'
import type { State } from '../../src/core/state.ts'
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
    const [state, effect] = step(before, input, this.policy)
    if (stale || before.type === 'closed') {
      must(
        state === before && effect === null,
        'a result of another epoch, or anything after the end, changed something',
      )
      return
    }
    this.state = state
    must(state.ledger.epoch >= before.ledger.epoch, 'the epoch went back')
    if (effect !== null) this.#run(effect, before, input)
    must(
      effect !== null || state.ledger.epoch === before.ledger.epoch,
      'what went on was left, and nobody lets go of it',
    )
    this.#look(before)
  }

  /** What an input means for what is held, before the connection hears of it. */
  #happen(input: Input): void {
    const asked = this.held === 'request' || this.held === 'probe'
    if (input.type === 'response' && asked) this.held = 'reply'
    if (input.type === 'failed' && asked) this.held = null
    if (input.type === 'not-resumed' && this.held === 'request') this.held = null
    if (input.type === 'timer') this.due = null
  }

  #run(effect: Effect, before: State, input: Input): void {
    const { ledger } = this.state
    switch (effect.type) {
      case 'connect':
        this.#letGo()
        this.held = effect.sending === 'probe' ? 'probe' : 'request'
        if (ledger.attempt !== before.ledger.attempt) {
          must(ledger.attempt === before.ledger.attempt + 1, 'attempts were not counted one by one')
          this.#pace.attempt(input)
          checkAttempt(effect, before, input, this.policy)
        }
        return
      case 'open':
        must(this.held === 'reply', 'a body without a reply')
        this.held = 'body'
        return
      case 'read-excerpt':
        must(this.held === 'reply', 'an excerpt without a reply')
        this.held = 'excerpt'
        return
      case 'wait':
        this.#letGo()
        must(this.state.type === 'waiting', 'a wait that is none')
        if (effect.delay === null) return
        this.due = input.at + effect.delay
        checkDelay(effect.delay, before, input, this.state, this.policy)
        return
      case 'closed':
        this.#letGo()
        this.#told++
        must(this.state.type === 'closed', 'told of an end that is none')
    }
  }

  /** As the driver does before whatever connects, waits or ends. */
  #letGo(): void {
    this.held = null
    this.due = null
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
