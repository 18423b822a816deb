import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaults } from '../api/options.ts'
import { delayBefore, delayOnline, leastDelay, longestDelay, type Occasion } from './retry-policy.ts'
import type { RetryPolicy } from './policy.ts'

const retry: RetryPolicy = { ...defaults.retry, when: null }
const failure = (failures: number, retryAfter = 0): Occasion => ({ type: 'failure', failures, retryAfter })
const almostOne = 1 - Number.EPSILON

test('delayBefore() grows by 1.6 from failure to failure, and stops at 30 s', () => {
  const delays = [1, 2, 3, 4, 8, 9, 50, 5000].map((n) => delayBefore(failure(n), 1000, retry, 0))
  // 1.6 ** 7 = 26.8, 1.6 ** 8 = 42.9
  expect(delays).toEqual([1000, 1600, 2560, 4096, 26_844, 30_000, 30_000, 30_000])
})

test('delayBefore() adds 0–75 % after a failure, but never passes 30 s by it', () => {
  expect(delayBefore(failure(1), 1000, retry, 0.5)).toBe(1375)
  expect(delayBefore(failure(1), 1000, retry, almostOne)).toBe(1750)
  expect(delayBefore(failure(1), 25_000, retry, almostOne)).toBe(30_000)
  expect(delayBefore(failure(1), 30_000, retry, almostOne)).toBe(30_000)
})

test('delayBefore() adds 0–15 % after a clean end of a connection under 5 s, and does not grow', () => {
  expect(delayBefore({ type: 'clean-end', lived: 0 }, 3000, retry, 0)).toBe(3000)
  expect(delayBefore({ type: 'clean-end', lived: 4999 }, 3000, retry, almostOne)).toBe(3450)
})

test('delayBefore() adds 0–75 % after a clean end from 5 s on: a restart must not bring everyone back at once', () => {
  expect(delayBefore({ type: 'clean-end', lived: 5000 }, 3000, retry, 0)).toBe(3000)
  expect(delayBefore({ type: 'clean-end', lived: 5000 }, 3000, retry, almostOne)).toBe(5250)
})

test('delayBefore() adds nothing by chance where the app set jitter: 0', () => {
  const still = { ...retry, jitter: 0 }
  expect(delayBefore({ type: 'clean-end', lived: 1 }, 3000, still, almostOne)).toBe(3000)
  expect(delayBefore({ type: 'clean-end', lived: 9000 }, 3000, still, almostOne)).toBe(3000)
  expect(delayBefore(failure(1), 3000, still, almostOne)).toBe(3000)
})

test('delayBefore() waits at least as long as Retry-After and retry ask, also beyond 30 s', () => {
  expect(delayBefore(failure(1, 7000), 1000, retry, 0)).toBe(7000)
  expect(delayBefore(failure(1, 90_000), 1000, retry, 0)).toBe(90_000)
  expect(delayBefore(failure(1), 60_000, retry, 0)).toBe(60_000)
  expect(delayBefore({ type: 'clean-end', lived: 1 }, 60_000, retry, 0)).toBe(60_000)
})

test('delayBefore() spreads clients that got the same Retry-After or a retry over 30 s', () => {
  expect(delayBefore(failure(1, 7000), 1000, retry, almostOne)).toBe(7750)
  expect(delayBefore(failure(9), 60_000, retry, almostOne)).toBe(105_000)
})

test('delayBefore() takes the backoff where it is longer than Retry-After', () => {
  expect(delayBefore(failure(5, 2000), 1000, retry, 0)).toBe(6554)
})

test('delayBefore() goes on at 500 ms after a 401 with fresh headers', () => {
  expect(delayBefore({ type: 'refresh' }, 60_000, retry, almostOne)).toBe(500)
})

test('delayOnline() comes back between 500 and 1000 ms after the network', () => {
  expect([0, 0.5, almostOne].map(delayOnline)).toEqual([500, 750, 1000])
})

test('leastDelay() is what the server asked for, without growth and chance', () => {
  expect(leastDelay({ type: 'clean-end', lived: 1 }, 3000)).toBe(3000)
  expect(leastDelay(failure(9), 3000)).toBe(3000)
  expect(leastDelay(failure(9, 8000), 3000)).toBe(8000)
  expect(leastDelay({ type: 'refresh' }, 3000)).toBe(500)
})

test('delayBefore() is never below 500 ms, nor below the least delay, nor beyond the range of timers', () => {
  const time = fc.oneof(fc.nat(100_000), fc.constantFrom(0, 2 ** 31, 1e20, Number.POSITIVE_INFINITY))
  const occasion: fc.Arbitrary<Occasion> = fc.oneof(
    fc.record({ type: fc.constant('clean-end' as const), lived: time }),
    fc.record({
      type: fc.constant('failure' as const),
      failures: fc.integer({ min: 1, max: 5000 }),
      retryAfter: time,
    }),
    fc.constant({ type: 'refresh' as const }),
  )
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const policy = fc.record({
    maxDelay: time,
    factor: fc.double({ min: 1, max: 4, noNaN: true }),
    jitter: random,
  })
  fc.assert(
    fc.property(occasion, time, policy, random, (occasion, base, given, chance) => {
      const delay = delayBefore(occasion, base, { ...retry, ...given }, chance)
      expect(delay).toBeGreaterThanOrEqual(500)
      expect(delay).toBeGreaterThanOrEqual(leastDelay(occasion, base))
      expect(delay).toBeLessThanOrEqual(longestDelay)
      expect(Number.isInteger(delay)).toBe(true)
    }),
  )
})

test('longestDelay is the last one that setTimeout does not turn into 1 ms', () => {
  expect(longestDelay).toBe(0x7fffffff)
})
