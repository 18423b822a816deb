import { afterHop, isOffline } from '#platform'
import type { Effect } from '../core/effect.ts'
import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { Command, Input, Result, Verdict } from '../core/input.ts'
import type { Acceptance, Policy } from '../core/policy.ts'
import { initialState, type CloseReason, type State } from '../core/state.ts'
import type { Step } from '../core/step.ts'
import { step } from '../core/transition.ts'
import { Body, sourceOf, type Deadline, type Read, type Source } from './body.ts'
import { readExcerpt } from './excerpt.ts'
import { failureOf, preparationFailure } from './network-failure.ts'
import { followLifecycle } from './lifecycle.ts'
import { replyFacts } from './reply-facts.ts'
import { send, withoutUserinfo, type RequestPlan } from './request-plan.ts'
import type { Runtime } from './runtime.ts'
import { redact, secretsOf, withoutSecrets } from './secrets.ts'

/** What a body's end means to whoever reads it. */
export interface Judgement {
  readonly verdict: Verdict
  readonly resumable: boolean
  readonly hint: string
}

export interface Previous {
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly failure: Failure
}

/** For which attempt a request is made. */
export interface Preparing {
  readonly type: 'request' | 'resume'
  readonly attempt: number
  readonly previous: Previous | null
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal
}

/** An attempt failed, or a connection ended. */
export interface Report {
  readonly failure: Failure | null
  readonly willRetry: boolean
  readonly delay: number | null
}

/** What the driver asks of, and tells, the API that owns it. */
export interface Owner {
  /** The request of an attempt; null: there is nothing to resume. */
  prepare(preparing: Preparing): Promise<RequestPlan | null>
  judge(): Judgement
  /** The body is over: an error that only its end shows. */
  lastWord(): Failure | null
  /** The deadline of a wait that began at `since`. */
  patience(since: number): Deadline | null
  onAttempt(attempt: number): void
  /** Whether anybody answers at all, where a request got no reply. */
  onProbe(reachable: boolean): void
  onResponse(reply: ReplyFacts, response: Response): void
  onOpen(reply: ReplyFacts, response: Response): void
  onReport(report: Report): void
  onClosed(reason: CloseReason): void
}

export type Pulled =
  | {
      readonly type: 'bytes'
      readonly bytes: Uint8Array
      readonly connection: number
      readonly body: Acceptance
    }
  | { readonly type: 'over'; readonly connection: number; readonly body: Acceptance }
  | { readonly type: 'closed'; readonly reason: CloseReason }

export interface DriverOptions {
  readonly policy: Policy
  readonly runtime: Runtime
  readonly fetch: typeof globalThis.fetch | null
  readonly unref: boolean
  /** Names of headers that may go to another origin beside the safelisted ones. */
  readonly forwardHeaders: readonly string[]
}

/** Runs the effects of the connection and turns their results into inputs. It decides nothing. */
export class Driver {
  readonly #options: DriverOptions
  readonly #owner: Owner
  #state: State
  #plan: RequestPlan | null = null
  /** What must not be told of the request whose body is open. */
  #secrets: readonly string[] = []
  #controller: AbortController | null = null
  #response: Response | null = null
  #body: Body | null = null
  /** A refused reply's body, while its start is read. */
  #refused: Source | null = null
  #stopHeaders: (() => void) | null = null
  #stopSleep: (() => void) | null = null
  #stopTotal: (() => void) | null = null
  #unfollow: (() => void) | null = null
  /** Who waits for what comes next, and the body that is read for it. */
  #pulling: ((pulled: Pulled | Promise<never>) => void) | null = null
  #pulled: Body | null = null
  #last: Previous | null = null

  constructor(options: DriverOptions, owner: Owner) {
    this.#options = options
    this.#owner = owner
    this.#state = initialState(options.policy)
  }

  get state(): State {
    return this.#state
  }

  start(): void {
    if (this.#state.type === 'closed') return
    const { policy, runtime } = this.#options
    const { total } = policy.timeouts
    if (policy.retry !== null) {
      this.#unfollow = followLifecycle(runtime, (type) => this.command({ type }))
      if (isOffline()) this.command({ type: 'offline' })
    }
    if (Number.isFinite(total)) {
      const expire = () => this.command({ type: 'total-timeout' })
      this.#stopTotal = runtime.sleep(total, expire, true)
    }
    this.command({ type: 'start' })
  }

  command(command: Command): void {
    this.#step({ ...command, ...this.#stamp() })
  }

  /**
   * Tells what a read meant. Where no connection is named it counts whichever it came from: `reconnect()` may have
   * left that one.
   */
  reading(result: Result, connection: number = this.#state.ledger.epoch): void {
    this.#result(result, connection)
  }

  /**
   * What comes next: bytes of some connection, its end, or the end of all. Only one call at a time. Not an async
   * function: its frame would be kept for as long as the connection waits.
   */
  pull(): Promise<Pulled> {
    return new Promise((resolve) => {
      this.#pulling = resolve
      this.#pull()
    })
  }

  #pull(): void {
    const state = this.#state
    if (this.#pulling === null) return
    if (state.type === 'closed') return this.#give({ type: 'closed', reason: state.reason })
    const body = this.#body
    if (state.type !== 'open' || body === null || body === this.#pulled) return
    this.#pulled = body
    const connection = state.ledger.epoch
    void body.next().then((read) => {
      if (this.#pulled === body) this.#pulled = null
      if (this.#state.ledger.epoch !== connection) return this.#pull()
      if (read.type === 'bytes')
        return this.#give({ type: 'bytes', bytes: read.bytes, connection, body: state.body })
      if (read.type === 'end' && state.body === 'event')
        return this.#give({ type: 'over', connection, body: state.body })
      try {
        this.end(connection, failureOfRead(read, this.#secrets))
        this.#pull()
      } catch (error) {
        // A function of the app's that judges the end: its error is for whoever reads.
        this.#give(Promise.reject(error))
      }
    })
  }

  #give(pulled: Pulled | Promise<never>): void {
    const resolve = this.#pulling
    this.#pulling = null
    resolve?.(pulled)
  }

  #result(result: Result, epoch: number): void {
    this.#step({ ...result, epoch, ...this.#stamp() })
  }

  /** The body of a connection is over; dropped when that connection is no more. */
  end(connection: number, failure: Failure | null): void {
    this.#result(
      { type: 'ended', failure: this.#owner.lastWord() ?? failure, ...this.#owner.judge() },
      connection,
    )
  }

  #stamp() {
    const { runtime } = this.#options
    return { at: runtime.now(), random: runtime.random(), resumable: this.#owner.judge().resumable }
  }

  #step(input: Input): void {
    const [state, effects] = this.#decide(input)
    this.#state = state
    for (const effect of effects) {
      // A listener may have closed or reconnected while an earlier effect ran.
      if ('epoch' in effect && effect.epoch !== this.#state.ledger.epoch) continue
      this.#run(effect)
    }
    if (effects.length > 0) this.#pull()
  }

  /** The app's own functions take part in a step (`when`, `accept`): one that throws must not leave it half done. */
  #decide(input: Input): Step {
    const { policy } = this.#options
    try {
      return step(this.#state, input, policy)
    } catch (cause) {
      return step(this.#state, { type: 'defect', cause, ...this.#stamp() }, policy)
    }
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        return void this.#connect(effect)
      case 'probe':
        return void this.#probe(effect)
      case 'drop':
        return this.#drop()
      case 'read':
        return this.#read(effect.epoch)
      case 'read-excerpt':
        return void this.#readExcerpt(effect)
      case 'sleep':
        this.#stopSleep = this.#options.runtime.sleep(
          effect.ms,
          () => this.#result({ type: 'timer' }, effect.epoch),
          this.#options.unref,
        )
        return
      case 'cancel-sleep':
        this.#stopSleep?.()
        this.#stopSleep = null
        return
      case 'announce':
        if (this.#response !== null) this.#owner.onOpen(effect.reply, this.#response)
        return
      case 'report':
        if (effect.failure !== null) this.#last = previousOf(effect.failure)
        return this.#owner.onReport(effect)
      case 'closed':
        this.#stopTotal?.()
        this.#unfollow?.()
        return this.#owner.onClosed(effect.reason)
    }
  }

  async #connect(effect: Extract<Effect, { type: 'connect' }>): Promise<void> {
    const { runtime } = this.#options
    const controller = new AbortController()
    this.#controller = controller
    const current = () => this.#controller === controller && this.#state.ledger.epoch === effect.epoch
    this.#startHeadersTimer(effect)
    let sending = false
    try {
      const plan = await this.#planFor(effect, controller.signal)
      if (!current()) return
      if (plan === null) return this.#result({ type: 'not-resumed' }, effect.epoch)
      this.#plan = withoutUserinfo(plan)
      sending = true
      const response = await send(this.#plan, this.#options.fetch, controller.signal)
      if (!current()) return discard(response, controller)
      this.#response = response
      const reply = replyFacts(response, this.#plan, runtime.wall())
      this.#stopHeadersTimer()
      this.#owner.onResponse(reply, response)
      this.#result({ type: 'response', reply }, effect.epoch)
    } catch (cause) {
      if (!current()) return
      this.#stopHeadersTimer()
      const clean = withoutSecrets(cause, secretsOf(this.#plan))
      const failure = sending ? failureOf(clean, this.#plan) : preparationFailure(clean)
      this.#result({ type: 'failed', failure }, effect.epoch)
    }
  }

  async #planFor(
    effect: Extract<Effect, { type: 'connect' }>,
    signal: AbortSignal,
  ): Promise<RequestPlan | null> {
    const { sending, attempt } = effect
    if (sending.type === 'again') return this.#plan
    if (sending.type === 'hop')
      return this.#plan && afterHop(this.#plan, sending, this.#options.forwardHeaders)
    this.#owner.onAttempt(attempt)
    return this.#owner.prepare({ type: sending.type, attempt, previous: this.#last, signal })
  }

  /** A `no-cors` request shows whether anybody answers at all. */
  async #probe(effect: Extract<Effect, { type: 'probe' }>): Promise<void> {
    this.#startHeadersTimer(effect)
    const plan = this.#plan
    const controller = new AbortController()
    this.#controller = controller
    const reachable =
      plan !== null &&
      (await fetch(plan.url, { mode: 'no-cors', cache: 'no-store', signal: controller.signal }).then(
        (response) => {
          discard(response, controller)
          return true
        },
        () => false,
      ))
    if (this.#controller !== controller) return
    this.#stopHeadersTimer()
    this.#owner.onProbe(reachable)
    this.#result({ type: 'probed', reachable }, effect.epoch)
  }

  #read(epoch: number): void {
    try {
      this.#body = new Body(sourceOf(this.#response?.body), this.#options.runtime, this.#owner)
      // A connection may wait for days: of request and reply only what an error of its body needs is kept.
      this.#secrets = secretsOf(this.#plan)
      this.#plan = null
      this.#response = null
    } catch (cause) {
      this.end(epoch, failureOf(cause))
    }
  }

  async #readExcerpt(effect: Extract<Effect, { type: 'read-excerpt' }>): Promise<void> {
    const text = await this.#excerptOf(this.#response?.body, effect)
    this.#result({ type: 'excerpt', text: redact(text, secretsOf(this.#plan)) }, effect.epoch)
  }

  async #excerptOf(body: unknown, bounds: { readonly bytes: number; readonly ms: number }): Promise<string> {
    try {
      this.#refused = sourceOf(body)
      return await readExcerpt(this.#refused, bounds, this.#options.runtime)
    } catch {
      // A given fetch whose body cannot be read: its status is what counts.
      return ''
    }
  }

  #startHeadersTimer({ epoch, timeout }: { readonly epoch: number; readonly timeout: number }): void {
    this.#stopHeadersTimer()
    if (!Number.isFinite(timeout)) return
    this.#stopHeaders = this.#options.runtime.sleep(
      timeout,
      () => this.#result({ type: 'timeout' }, epoch),
      true,
    )
  }

  #stopHeadersTimer(): void {
    this.#stopHeaders?.()
    this.#stopHeaders = null
  }

  /** Once a body is open its reader is cancelled first: an abort with a read pending kills Node under MSW. */
  #drop(): void {
    this.#stopHeadersTimer()
    const [controller, response, body] = [this.#controller, this.#response, this.#body ?? this.#refused]
    this.#controller = null
    this.#response = null
    this.#body = null
    this.#refused = null
    // happy-dom's fetch keeps the socket after a cancel; an abort once nothing is pending closes it everywhere.
    const abort = () => controller?.abort()
    if (body !== null) void body.cancel('dropped').then(abort, abort)
    else if (response !== null && controller !== null) discard(response, controller)
    else abort()
  }
}

/** A reply that nobody reads would hold its socket. Not at once: happy-dom's fetch throws when an end follows a cancel. */
function discard(response: Response, controller: AbortController): void {
  setTimeout(() => {
    cancel(response.body)
    controller.abort()
  })
}

function cancel(body: unknown): void {
  try {
    sourceOf(body)
      .cancel('not read')
      .catch(() => {})
  } catch {
    // Somebody reads it, or a given fetch made it of something else: the abort has to do.
  }
}

function failureOfRead(read: Exclude<Read, { type: 'bytes' }>, secrets: readonly string[]): Failure | null {
  switch (read.type) {
    case 'end':
      return null
    case 'broken':
      return failureOf(withoutSecrets(read.cause, secrets))
    case 'silent':
      return { code: 'timeout', timeout: read.timeout, after: read.after }
  }
}

function previousOf(failure: Failure): Previous {
  const reply = 'reply' in failure ? failure.reply : null
  return { status: reply?.status ?? null, headers: reply?.headers ?? {}, failure }
}
