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

/** What the delay depends on. */
export type Occasion =
  /** After an event. `lived`: how long the connection was open, in ms. */
  | { readonly type: 'clean-end'; readonly lived: number }
  | { readonly type: 'failure'; readonly failures: number; readonly retryAfter: number }
  /** After a 401, with fresh headers: nothing is gained by waiting longer. */
  | { readonly type: 'refresh' }

/** Nothing shortens the wait below this, in ms. `base` is the last `retry` from the server, or the initial delay. */
export function leastDelay(occasion: Occasion, base: number): number {
  switch (occasion.type) {
    case 'clean-end':
      return withinRange(base)
    case 'failure':
      return withinRange(Math.max(base, occasion.retryAfter))
    case 'refresh':
      return floorDelay
  }
}

/** The wait before the next attempt, in ms. `random` is in [0, 1). */
export function delayBefore(occasion: Occasion, base: number, policy: RetryPolicy, random: number): number {
  const least = leastDelay(occasion, base)
  switch (occasion.type) {
    case 'clean-end': {
      const jitter = occasion.lived < shortConnection ? Math.min(shortJitter, policy.jitter) : policy.jitter
      return withinRange(least * (1 + jitter * random))
    }
    case 'failure': {
      const jitter = policy.jitter * random
      const start = withinRange(base)
      const grown = start * policy.factor ** (occasion.failures - 1) * (1 + jitter)
      const backoff = Math.min(grown, policy.maxDelay)
      // What the server demands is a moment that all its clients share: chance is added here, too.
      return withinRange(backoff < least ? least + start * jitter : backoff)
    }
    case 'refresh':
      return least
  }
}

/** The network is back, for everybody in the building. */
export function delayOnline(random: number): number {
  return withinRange(floorDelay * (1 + random))
}

function withinRange(ms: number): number {
  return Math.round(Math.min(Math.max(ms, floorDelay), longestDelay))
}
