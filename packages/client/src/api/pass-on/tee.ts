import { alreadyConsumed } from '../errors/already-consumed.ts'
import { invalid } from '../errors/invalid.ts'
import { deferred, type Deferred } from '../deferred.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamLike } from './stream-like.ts'

/** Options of `tee`. */
export interface TeeOptions {
  /**
   * How many events the fastest branch may be ahead of the slowest; then it waits.
   * @default 1024
   */
  readonly limit?: number | undefined
}

/** One of several readers of a stream. `break` leaves the others alone; the last to leave closes the stream. */
export interface Branch<Event extends StreamEvent<unknown>, Usage = unknown> extends StreamLike<
  Event,
  Usage
> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Event, undefined>
}

/**
 * Splits a stream into `n` branches that are read at the same time, over one connection. Each branch gets every event.
 *
 * The fastest branch may be `limit` events ahead of the slowest, then it waits: a branch that nobody reads stops the others
 * there. The stream's own `cursor` is that of the fastest branch; one that saves how far it has come takes `lastEventId`
 * from its events.
 *
 * @example
 * const [shown, saved] = tee(fetchEventStream(url, { json, until: '[DONE]' }), 2)
 * await Promise.all([show(shown), collect(saved).then(store)])
 * @throws {EventStreamError} `already-consumed` when the stream has a consumer, `invalid-option` when `n` is no
 *   whole number from 1, or `limit` no number from 1.
 */
export function tee<Event extends StreamEvent<unknown>, Usage>(
  stream: StreamLike<Event, Usage>,
  n: 2,
  options?: TeeOptions,
): [Branch<Event, Usage>, Branch<Event, Usage>]
export function tee<Event extends StreamEvent<unknown>, Usage>(
  stream: StreamLike<Event, Usage>,
  n: number,
  options?: TeeOptions,
): Branch<Event, Usage>[]
export function tee<Event extends StreamEvent<unknown>, Usage>(
  stream: StreamLike<Event, Usage>,
  n: number,
  { limit = 1024 }: TeeOptions = {},
): Branch<Event, Usage>[] {
  if (!(Number.isSafeInteger(n) && n > 0)) throw invalid('tee() needs a whole number of branches from 1')
  if (!(limit >= 1)) throw invalid('`limit` of tee() must be a number of events from 1')
  const { outcome, response, protocol, terminator } = stream
  const trunk = new Trunk(stream[Symbol.asyncIterator](), limit)
  return Array.from({ length: n }, () => {
    const reader = trunk.branch()
    let consumed = false
    const consume = () => {
      if (consumed) throw alreadyConsumed()
      consumed = true
      return reader
    }
    return { outcome, response, protocol, terminator, [Symbol.asyncIterator]: consume }
  })
}

/** Reads the stream when a branch has nothing left and none is too far behind. */
class Trunk<Event> {
  readonly #source: AsyncIterator<Event>
  readonly #limit: number
  readonly #branches = new Set<BranchReader<Event>>()
  #reading = false

  constructor(source: AsyncIterator<Event>, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  branch(): BranchReader<Event> {
    const branch = new BranchReader<Event>(this)
    this.#branches.add(branch)
    return branch
  }

  leave(branch: BranchReader<Event>): void {
    if (!this.#branches.delete(branch)) return
    if (this.#branches.size === 0) void this.#source.return?.()
    else this.pump()
  }

  pump(): void {
    if (this.#reading) return
    const branches = [...this.#branches]
    if (!branches.some(({ hungry }) => hungry) || branches.some(({ behind }) => behind >= this.#limit)) return
    this.#reading = true
    this.#source.next().then(
      (result) => {
        this.#reading = false
        if (result.done === true) this.#finish(() => ({ done: true, value: undefined }))
        else for (const branch of this.#branches) branch.push(result.value)
        this.pump()
      },
      (error: unknown) =>
        this.#finish(() => {
          throw error
        }),
    )
  }

  /** `end`: what every branch gives last. Then none waits, and there is nothing left to leave. */
  #finish(end: () => IteratorResult<Event, undefined>): void {
    for (const branch of this.#branches) branch.finish(end)
    this.#branches.clear()
  }
}

class BranchReader<Event> implements AsyncIterableIterator<Event, undefined> {
  readonly #trunk: Trunk<Event>
  #queue: Event[] = []
  /** Where the queue begins: to take its first event out would move all the others, of a `limit` of 100,000. */
  #first = 0
  readonly #waiting: Deferred<IteratorResult<Event, undefined>>[] = []
  #end: (() => IteratorResult<Event, undefined>) | null = null

  constructor(trunk: Trunk<Event>) {
    this.#trunk = trunk
  }

  get hungry(): boolean {
    return this.#waiting.length > 0
  }

  get behind(): number {
    return this.#queue.length - this.#first
  }

  push(event: Event): void {
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#queue.push(event)
    else waiting.resolve({ done: false, value: event })
  }

  finish(end: () => IteratorResult<Event, undefined>): void {
    this.#end = end
    for (const waiting of this.#waiting.splice(0)) settle(waiting, () => this.#last())
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    const result = deferred<IteratorResult<Event, undefined>>()
    const event = this.#queue[this.#first]
    if (event !== undefined) {
      this.#advance()
      result.resolve({ done: false, value: event })
    } else if (this.#end !== null) settle(result, () => this.#last())
    else this.#waiting.push(result)
    this.#trunk.pump()
    return result.promise
  }

  /** Past the first event. What was passed is let go of in time, and not one by one. */
  #advance(): void {
    this.#first++
    if (2 * this.#first <= this.#queue.length) return
    this.#queue = this.#queue.slice(this.#first)
    this.#first = 0
  }

  async return(): Promise<IteratorResult<Event, undefined>> {
    this.#queue = []
    this.#first = 0
    this.finish(over)
    this.#trunk.leave(this)
    return over()
  }

  /** For `yield*`, as in InTurn. */
  async throw(error: unknown): Promise<never> {
    await this.return()
    throw error
  }

  /** Who took the first event by hand may loop over the rest, as with every iterator of the language. */
  [Symbol.asyncIterator](): this {
    return this
  }

  /** An error is thrown once; after that the iteration is over. */
  #last(): IteratorResult<Event, undefined> {
    const end = this.#end ?? over
    this.#end = over
    return end()
  }
}

function over(): IteratorResult<never, undefined> {
  return { done: true, value: undefined }
}

function settle<T>({ resolve, reject }: Deferred<T>, value: () => T): void {
  try {
    resolve(value())
  } catch (error) {
    reject(error)
  }
}
