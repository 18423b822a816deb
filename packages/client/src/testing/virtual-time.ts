import type { Runtime } from '../io/runtime.ts'
import { unfakedTask } from './unfaked-task.ts'

/** Options of `virtualTime`. */
export interface VirtualTimeOptions {
  /** The wall clock at the beginning, in ms since the epoch. Default 0. */
  readonly start?: number | undefined
  /** In [0, 1). Default always 0.5, so that every delay is known beforehand. */
  readonly random?: (() => number) | undefined
}

/** A clock for tests, and what moves it. */
export interface VirtualTime {
  /** Pass it as `init.runtime`. */
  readonly runtime: Runtime
  /**
   * Moves the clock by `ms`. Timers on the way run in order, each at its own moment, and the clock moves on when all that
   * they led to has run: promises, and the tasks in which events are dispatched. A call begins when the one before it is
   * done. What a timer throws rejects it, with the clock at the moment of that timer. Those tasks are real ones: where
   * timers are faked as well, leave `setImmediate` as it is, by `vi.useFakeTimers({ toNotFake: ['setImmediate'] })` or
   * `jest.useFakeTimers({ doNotFake: ['setImmediate'] })`.
   *
   * @throws {RangeError} unless `ms` is a number from 0
   * @throws {TypeError} when a fake `setImmediate` keeps it from seeing what the program does
   */
  advance(ms: number): Promise<void>
  /** The machine sleeps: `ms` pass on the wall clock, the monotonic one stands still and no timer runs. Less than 0 sets the wall clock back. */
  suspend(ms: number): void
  /** The moments, in monotonic ms from 0, at which something is due, in order. */
  readonly due: readonly number[]
}

interface Timer {
  readonly at: number
  readonly wake: () => void
}

/**
 * A clock that stands still until it is moved, and dice that always fall the same: a day passes in milliseconds, and in
 * the same way each time.
 *
 * @example
 * const { runtime, advance } = virtualTime()
 * const steps = scenario([{ type: 'event', data: 'tick' }, { type: 'wait', ms: 60_000 }, { type: 'end' }])
 * const fake = fakeFetch(steps, { runtime })
 * const stream = fetchEventStream(fake.url, { runtime, fetch: fake.fetch, method: 'POST' })
 * const outcome = stream.done()
 * await advance(60_000)
 * console.log((await outcome).type) // ended
 */
export function virtualTime({ start = 0, random = () => 0.5 }: VirtualTimeOptions = {}): VirtualTime {
  let now = 0
  let slept = 0
  /** How often the clock was looked at: while that goes on, the program is at work. */
  let looks = 0
  const timers = new Set<Timer>()
  const runtime: Runtime = {
    now: () => {
      looks++
      return now
    },
    wall: () => start + now + slept,
    random,
    sleep: (ms, wake) => {
      looks++
      const timer = { at: now + Math.max(0, ms), wake }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  }

  /** The first timer that is due by then; of two at the same moment the one that was set first. */
  function next(until: number): Timer | null {
    let first: Timer | null = null
    for (const timer of timers) {
      if (timer.at <= until && (first === null || timer.at < first.at)) first = timer
    }
    return first
  }

  async function quiet(): Promise<void> {
    for (let tasks = 0; tasks < quietTasks; tasks++) {
      const before = looks
      await unfakedTask()
      if (looks !== before) tasks = -1
    }
  }

  async function move(ms: number): Promise<void> {
    const until = now + ms
    await quiet()
    for (let timer = next(until); timer !== null; timer = next(until)) {
      timers.delete(timer)
      now = Math.max(now, timer.at)
      timer.wake()
      await quiet()
    }
    now = until
  }

  /** Two moves at a time would set the clock back. */
  let moved: Promise<void> = Promise.resolve()

  return {
    runtime,
    async advance(ms) {
      if (!(Number.isFinite(ms) && ms >= 0)) {
        throw new RangeError(`Time moves by a number of ms from 0, not by ${ms}.`)
      }
      const turn = moved.then(() => move(ms))
      moved = turn.catch(() => {})
      return turn
    },
    suspend(ms) {
      slept += ms
    },
    get due() {
      return Array.from(timers, ({ at }) => at).sort((a, b) => a - b)
    },
  }
}

/** After so many tasks in which nothing happens it is quiet: events are dispatched in a task of their own, which may lead to another. */
const quietTasks = 3
