import { detour, isOffline, patient } from '#platform'
import type { Effect, Sending } from '../core/effect.ts'
import type { Failure } from '../core/failure.ts'
import type { Command, Result } from '../core/input.ts'
import type { Policy } from '../core/policy.ts'
import { initialState } from '../core/initial-state.ts'
import type { State } from '../core/state.ts'
import type { Step } from '../core/step.ts'
import { step } from '../core/transition.ts'
import type { Body } from './body.ts'
import { Exchange } from './exchange.ts'
import type { Fetch } from './fetch.ts'
import { lifecycleOf } from './lifecycle.ts'
import type { Listener } from './listener.ts'
import { attemptFailure } from './network-failure.ts'
import type { Owner } from './owner.ts'
import { replyFacts } from './reply-facts.ts'
import type { RequestPlan } from './request-plan.ts'
import type { Runtime } from './runtime.ts'
import { redact, withoutSecrets } from './redact.ts'
import { secretsOf } from './secrets.ts'
import { unreadable } from './source.ts'

export interface DriverOptions {
  readonly fetch?: Fetch | undefined
  readonly signal?: AbortSignal | null | undefined
  readonly unref?: boolean | undefined
  /** Names of headers that may go to another origin beside the safelisted ones. */
  readonly forwardHeaders?: readonly string[] | undefined
}

type Connect = Extract<Effect, { type: 'connect' }>
type Unstamped = Command | (Result & { readonly epoch: number })

const nothing = (): void => {}

/** Runs the effects of the connection and turns their results into inputs. It decides nothing. */
export class Driver {
  readonly #policy: Policy
  readonly #runtime: Runtime
  // As they were at the call: an app may use its init again, with another signal in it.
  readonly #signal: AbortSignal | null | undefined
  readonly #fetch: Fetch | undefined
  readonly #options: DriverOptions
  readonly #owner: Owner
  readonly #listener: Listener
  #state: State
  #exchange: Exchange | null = null
  /** The last request that was sent, until its reply is read. */
  #plan: RequestPlan | null = null
  /** What that request carries and nothing may repeat. */
  #secrets: readonly string[] = []
  /** Stops the timer for the head of a reply, or that of the wait before an attempt: there are never both. */
  #unsetTimer: () => void = nothing
  #stopTotal: (() => void) | undefined
  #onAbort: () => void = nothing
  /** Why the last attempt or connection failed, for the functions that make the next request. */
  #lastFailure: Failure | null = null

  constructor(policy: Policy, runtime: Runtime, options: DriverOptions, owner: Owner, listener: Listener) {
    this.#policy = policy
    this.#runtime = runtime
    this.#signal = options.signal
    this.#fetch = options.fetch
    this.#options = options
    this.#owner = owner
    this.#listener = listener
    this.#state = initialState(policy)
  }

  get state(): State {
    return this.#state
  }

  get epoch(): number {
    return this.#state.ledger.epoch
  }

  /** The body of the open connection, if there is one. */
  get body(): Body | null | undefined {
    return this.#exchange?.body
  }

  /** The request goes out a microtask later; none does when the signal is aborted already. */
  start(): void {
    const signal = this.#signal
    if (signal) {
      this.#onAbort = () => this.command({ type: 'close', by: 'signal', reason: signal.reason })
      if (signal.aborted) return this.#onAbort()
      signal.addEventListener('abort', this.#onAbort)
    }
    // No `queueMicrotask`: Jest fakes it with the timers.
    void Promise.resolve().then(() => this.#start())
  }

  #start(): void {
    if (this.#state.type === 'closed') return
    const { total } = this.#policy.timeouts
    if (!this.#policy.retry.once) {
      lifecycleOf(this.#runtime).follow(this)
      if (isOffline()) this.command({ type: 'offline' })
    }
    if (total < Infinity) {
      this.#stopTotal = this.#runtime.sleep(
        total,
        () => this.command({ type: 'total-timeout', ...this.#owner.judge() }),
        true,
      )
    }
    this.command({ type: 'start' })
  }

  command(command: Command): void {
    this.#step(command)
  }

  /**
   * Takes what reading found. Without a `connection` it counts even if `reconnect()` has left the one that it was read
   * from.
   */
  result(result: Result, connection: number = this.epoch): void {
    const clean = 'failure' in result && result.failure && { failure: this.clean(result.failure) }
    this.#step({ ...result, ...clean, epoch: connection })
  }

  /** A failure without secrets: runtimes, and servers in their events, repeat what they were sent. */
  clean(failure: Failure): Failure {
    return withoutSecrets(failure, this.#secrets)
  }

  /** The body of a connection is over; ignored when that connection has been left. */
  end(failure: Failure | null, connection: number): void {
    const { verdict, hint } = this.#owner.judge()
    this.result({ type: 'ended', failure, verdict, hint: redact(hint, this.#secrets) }, connection)
  }

  #step(input: Unstamped): void {
    const before = this.#state
    const [state, effect] = this.#decide(input)
    // A function of the app's has closed or reconnected while it was asked for this decision: that counts.
    if (this.#state !== before) return
    this.#state = state
    if (effect !== null) this.#run(effect)
  }

  /** The app's own functions take part in a step (`when`, `accept`): one that throws ends the connection by a step, too. */
  #decide(input: Unstamped): Step {
    const moment = { at: this.#runtime.now(), random: this.#runtime.random() }
    try {
      // Asked only where it counts: to look at a long ID for each `retry` would take half a minute a megabyte.
      const resumable = input.type !== 'retry' && this.#owner.resumable()
      return step(
        this.#state,
        { ...input, ...moment, resumable, repeated: this.#owner.repeated },
        this.#policy,
      )
    } catch (cause) {
      return step(this.#state, { type: 'defect', cause, ...moment, resumable: false }, this.#policy)
    }
  }

  /** A listener may close or reconnect: what would have come after it is stale then. */
  #run(effect: Effect): void {
    const { epoch } = this
    switch (effect.type) {
      case 'connect':
        return void this.#connect(effect, epoch)
      case 'open': {
        const response = this.#exchange?.response
        if (response) this.#listener.onOpen(effect.reply, response)
        return this.#read(epoch)
      }
      case 'read-excerpt':
        return void this.#readExcerpt(epoch)
      case 'wait':
        this.#lastFailure = effect.failure ?? this.#lastFailure
        this.#leave(effect.delay ?? Infinity, this.#options.unref === true)
        return this.#listener.onWait(effect.failure, effect.delay)
      case 'closed':
        this.#leave()
        this.#stopTotal?.()
        lifecycleOf(this.#runtime).leave(this)
        this.#signal?.removeEventListener('abort', this.#onAbort)
        return this.#listener.onClosed(effect.reason)
    }
  }

  /** Lets go of the request, the body and the timer. `ms`: sets the timer of what comes next. */
  #leave(ms: number = Infinity, unref: boolean = true): void {
    const { epoch } = this
    this.#stopTimer()
    if (ms < Infinity)
      this.#unsetTimer = patient(this.#runtime).sleep(ms, () => this.result({ type: 'timer' }, epoch), unref)
    void this.#exchange?.drop()
    this.#exchange = null
  }

  /** Lets go of the stopped timer, too: a connection may wait for days. */
  #stopTimer(): void {
    this.#unsetTimer()
    this.#unsetTimer = nothing
  }

  async #connect({ sending, timeout }: Connect, epoch: number): Promise<void> {
    this.#leave(timeout)
    const exchange = (this.#exchange = new Exchange())
    const { signal } = exchange
    try {
      const plan = await this.#planFor(sending, signal)
      if (signal.aborted) return
      if (plan === null) return this.result({ type: 'not-resumed' }, epoch)
      if (sending !== 'probe') this.#plan = plan
      this.#secrets = secretsOf(plan)
      const response = await exchange.send(plan, this.#fetch)
      if (signal.aborted) return void exchange.drop()
      const reply = replyFacts(response, plan, this.#secrets, this.#runtime.wall())
      this.#stopTimer()
      const { status, url } = reply
      this.#listener.tell(
        sending === 'probe'
          ? { type: 'probe', reachable: true }
          : { type: 'response', status, url: redact(url, this.#secrets) },
      )
      this.result({ type: 'response', reply }, epoch)
    } catch (cause) {
      if (signal.aborted) return
      if (sending === 'probe') this.#listener.tell({ type: 'probe', reachable: false })
      this.result({ type: 'failed', failure: attemptFailure(cause, this.#plan) }, epoch)
    }
  }

  async #planFor(sending: Sending, signal: AbortSignal): Promise<RequestPlan | null> {
    if (sending !== 'request' && sending !== 'resume') {
      return this.#plan && detour(this.#plan, sending, this.#options.forwardHeaders ?? [])
    }
    const { attempt } = this.#state.ledger
    this.#listener.tell({ type: 'attempt' })
    // The observer may have closed it: then no function of the app's is asked any more.
    if (signal.aborted) return null
    return this.#owner.prepare({ type: sending, attempt, previous: this.#lastFailure, signal })
  }

  #read(epoch: number): void {
    if (this.#state.type !== 'open') return
    if (this.#state.body === 'end') return this.result({ type: 'finish' }, epoch)
    try {
      const owner = this.#owner
      this.#exchange?.read(this.#runtime, this.#policy.timeouts, owner.newRhythm?.(), owner.given)
    } catch {
      return this.end(unreadable, epoch)
    }
    // A connection may wait for days: of its request only the secrets are kept, for the errors of its body.
    this.#plan = null
    this.#listener.onBody()
  }

  async #readExcerpt(epoch: number): Promise<void> {
    const refusal = await this.#owner.readRefusal?.(
      (timeouts) => this.#exchange?.read(this.#runtime, timeouts),
      (text) => redact(text, this.#secrets),
    )
    if (refusal) this.result({ type: 'excerpt', refusal: withoutSecrets(refusal, this.#secrets) }, epoch)
  }
}
