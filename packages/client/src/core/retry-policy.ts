import type { RetryPolicy } from './policy.ts'

/** No automatic attempt comes sooner than this, whatever server and app say: it keeps clients from becoming a flood. */
const floorDelay = 500

/** A `retry` field over an hour counts as one: no feed should be lost to a typing error. */
export const maxReconnectionTime: number = 60 * 60 * 1000

/** The range of timers: beyond it they fire at once, so one line of a server could turn its clients into a flood. */
export const longestDelay: number = 2 ** 31 - 1

/** A connection shorter than this, ended cleanly, is a polling server's; a longer one may be a restart that drops everyone at once. */
const shortConnection = 5000
const shortJitter = 0.15

/** What a wait is computed from. */
export interface Occasion {
  /** The last `retry` from the server, or the initial delay, in ms. */
  readonly base: number
  /** How many in a row, from 1: the delay grows with them. */
  readonly failures: number
  /** The wait that the server asked for, in ms; 0 for none. */
  readonly retryAfter: number
  readonly jitter: number
  readonly maxDelay: number
}

/** The delay does not grow, and chance may add to the longest one. `lived`: how long the connection was open, in ms. */
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
  // Infinity by 0 is NaN, a wait without an end.
  const chance = occasion.jitter * random || 0
  const backoff = Math.min(start * factor ** (occasion.failures - 1) * (1 + chance), occasion.maxDelay)
  // The server has named one moment to all its clients: chance is added here, too.
  return withinRange(backoff < least ? least + start * chance : backoff)
}

/** The network is back, and not for this client alone: chance spreads them. */
export function delayOnline(random: number): number {
  return withinRange(floorDelay * (1 + random))
}

/** The wait that a `retry` field asks for, in ms, where nothing is added to it. */
export function waitOf(reconnectionTime: number): number {
  return withinRange(Math.min(reconnectionTime, maxReconnectionTime))
}

function withinRange(ms: number): number {
  return Math.round(Math.min(Math.max(ms, floorDelay), longestDelay))
}
