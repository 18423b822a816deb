import type { RetryPolicy } from './policy.ts'

/** No automatic attempt comes sooner than this, whatever server and app say: it is what keeps a client from being a flood. */
export const floorDelay = 500

/** A `retry` field over an hour counts as one: no feed should be lost to a typing error, and no timer overflow. */
export const maxReconnectionTime: number = 60 * 60 * 1000

/** A connection shorter than this, ended cleanly, is a polling server's; a longer one may be a restart that drops everyone at once. */
const shortConnection = 5000
const shortJitter = 0.15

/** What the delay depends on. */
export type Occasion =
  | { readonly type: 'clean-end'; readonly lived: number }
  | { readonly type: 'failure'; readonly failures: number; readonly retryAfter: number }
  | { readonly type: 'online' }
  /** After a 401, with fresh headers: nothing is gained by waiting longer. */
  | { readonly type: 'refresh' }

/** The wait before the next attempt, in ms. `base` is the last `retry` from the server, or the initial delay. */
export function delayBefore(occasion: Occasion, base: number, policy: RetryPolicy, random: number): number {
  const least = Math.max(Math.min(base, maxReconnectionTime), floorDelay)
  switch (occasion.type) {
    case 'clean-end': {
      const jitter = occasion.lived < shortConnection ? Math.min(shortJitter, policy.jitter) : policy.jitter
      return Math.round(least * (1 + jitter * random))
    }
    case 'failure': {
      const grown = least * policy.factor ** Math.max(0, occasion.failures - 1) * (1 + policy.jitter * random)
      return Math.round(Math.max(Math.min(grown, policy.maxDelay), least, occasion.retryAfter))
    }
    case 'online':
      return Math.round(floorDelay * (1 + random))
    case 'refresh':
      return floorDelay
  }
}
