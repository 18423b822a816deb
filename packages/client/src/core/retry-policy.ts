import type { RetryPolicy } from './policy.ts'

/** No automatic attempt comes sooner than this, whatever server and app say: it is what keeps a client from being a flood. */
const floorDelay = 500

/** A `retry` field over an hour counts as one: no feed should be lost to a typing error. */
export const maxReconnectionTime: number = 60 * 60 * 1000

/** The range of timers: beyond it they fire at once, which is how one line of a server makes a client a flood. */
export const longestDelay: number = 2 ** 31 - 1

/** A connection shorter than this, ended cleanly, is a polling server's; a longer one may be a restart that drops everyone at once. */
const shortConnection = 5000
const shortJitter = 0.15

/** What a wait follows: the numbers in which it differs from the policy's own. */
export interface Occasion {
  /** The last `retry` from the server, or the initial delay, in ms. */
  readonly base: number
  /** By which the delay grows, from 1. */
  readonly failures: number
  /** What the server asked for, in ms. */
  readonly retryAfter: number
  readonly jitter: number
  readonly maxDelay: number
}

/** No growth, and no cap on what chance adds. `lived`: how long the connection was open, in ms. */
export function afterCleanEnd(lived: number, { jitter }: RetryPolicy): Partial<Occasion> {
  const share = lived < shortConnection ? Math.min(shortJitter, jitter) : jitter
  return { jitter: share, maxDelay: longestDelay }
}

/** Nothing shortens the wait below this, in ms. */
export function leastDelay({ base, retryAfter }: Occasion): number {
  return withinRange(Math.max(base, retryAfter))
}

/** The wait before the next attempt, in ms. `random` is in [0, 1). */
export function delayBefore(occasion: Occasion, factor: number, random: number): number {
  const least = leastDelay(occasion)
  const start = withinRange(occasion.base)
  const chance = occasion.jitter * random
  const backoff = Math.min(start * factor ** (occasion.failures - 1) * (1 + chance), occasion.maxDelay)
  // What the server demands is a moment that all its clients share: chance is added here, too.
  return withinRange(backoff < least ? least + start * chance : backoff)
}

/** The network is back, for everybody in the building. */
export function delayOnline(random: number): number {
  return withinRange(floorDelay * (1 + random))
}

function withinRange(ms: number): number {
  return Math.round(Math.min(Math.max(ms, floorDelay), longestDelay))
}
