import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaults } from '../api/options.ts'
import { afterCleanEnd, delayBefore, delayOnline, leastDelay, longestDelay, waitOf } from './retry-policy.ts'
import type { RetryPolicy } from './policy.ts'

const retry: RetryPolicy = { ...defaults.retry, when: null, once: false }
const almostOne = 1 - Number.EPSILON

const failure = (failures: number, base: number, retryAfter = 0) => ({ ...retry, base, failures, retryAfter })
const cleanEnd = (lived: number, base: number, policy: RetryPolicy = retry) => ({
  ...failure(1, base),
  ...afterCleanEnd(lived, policy),
})
const delay = (occasion: Parameters<typeof leastDelay>[0], random: number) =>
  delayBefore(occasion, retry.factor, random)

test('delayBefore() grows by 1.6 from failure to failure, and stops at 30 s', () => {
  const delays = [1, 2, 3, 4, 8, 9, 50, 5000].map((n) => delay(failure(n, 1000), 0))
  // 1.6 ** 7 = 26.8, 1.6 ** 8 = 42.9
  expect(delays).toEqual([1000, 1600, 2560, 4096, 26_844, 30_000, 30_000, 30_000])
})

test('delayBefore() adds 0–75 % after a failure, but never passes 30 s by it', () => {
  expect(delay(failure(1, 1000), 0.5)).toBe(1375)
  expect(delay(failure(1, 1000), almostOne)).toBe(1750)
  expect(delay(failure(1, 25_000), almostOne)).toBe(30_000)
  expect(delay(failure(1, 30_000), almostOne)).toBe(30_000)
})

test('waitOf() waits as long as a `retry` field says, from half a second to an hour', () => {
  expect([0, 3000, 2 ** 40].map(waitOf)).toEqual([500, 3000, 3_600_000])
})

test('afterCleanEnd() adds 0–15 % where the connection lived under 5 s', () => {
  expect(delay(cleanEnd(0, 3000), 0)).toBe(3000)
  expect(delay(cleanEnd(4999, 3000), almostOne)).toBe(3450)
})

test('afterCleanEnd() adds 0–75 % from 5 s on: a restart must not bring everyone back at once', () => {
  expect(delay(cleanEnd(5000, 3000), 0)).toBe(3000)
  expect(delay(cleanEnd(5000, 3000), almostOne)).toBe(5250)
  expect(delay(cleanEnd(5000, 25_000), almostOne)).toBe(43_750)
})

test('delayBefore() adds nothing by chance where the app set jitter: 0', () => {
  const still = { ...retry, jitter: 0 }
  expect(delay(cleanEnd(1, 3000, still), almostOne)).toBe(3000)
  expect(delay(cleanEnd(9000, 3000, still), almostOne)).toBe(3000)
  expect(delay({ ...failure(1, 3000), jitter: 0 }, almostOne)).toBe(3000)
})

test('delayBefore() waits as long as may be with a jitter of Infinity, and the least where chance says 0', () => {
  const wild = { ...failure(1, 3000), jitter: Number.POSITIVE_INFINITY }
  expect([0, 0.5].map((random) => delay(wild, random))).toEqual([3000, 30_000])
})

test('delayBefore() waits at least as long as Retry-After and retry ask, also beyond 30 s', () => {
  expect(delay(failure(1, 1000, 7000), 0)).toBe(7000)
  expect(delay(failure(1, 1000, 90_000), 0)).toBe(90_000)
  expect(delay(failure(1, 60_000), 0)).toBe(60_000)
  expect(delay(cleanEnd(1, 60_000), 0)).toBe(60_000)
})

test('delayBefore() spreads clients that got the same Retry-After or a retry over 30 s', () => {
  expect(delay(failure(1, 1000, 7000), almostOne)).toBe(7750)
  expect(delay(failure(9, 60_000), almostOne)).toBe(105_000)
})

test('delayBefore() takes the backoff where it is longer than Retry-After', () => {
  expect(delay(failure(5, 1000, 2000), 0)).toBe(6554)
})

test('delayOnline() comes back between 500 and 1000 ms after the network', () => {
  expect([0, 0.5, almostOne].map(delayOnline)).toEqual([500, 750, 1000])
})

test('leastDelay() is what the server asked for, without growth and chance', () => {
  expect(leastDelay(cleanEnd(1, 3000))).toBe(3000)
  expect(leastDelay(failure(9, 3000))).toBe(3000)
  expect(leastDelay(failure(9, 3000, 8000))).toBe(8000)
  expect(leastDelay(failure(1, 0))).toBe(500)
})

test('delayBefore() is never below 500 ms, nor below the least delay, nor beyond the range of timers', () => {
  const time = fc.oneof(fc.nat(100_000), fc.constantFrom(0, 2 ** 31, 1e20, Number.POSITIVE_INFINITY))
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const occasion = fc.record({
    base: time,
    failures: fc.integer({ min: 1, max: 5000 }),
    retryAfter: time,
    jitter: random,
    maxDelay: time,
  })
  const factor = fc.double({ min: 1, max: 4, noNaN: true })
  fc.assert(
    fc.property(occasion, factor, random, (occasion, factor, chance) => {
      const delay = delayBefore(occasion, factor, chance)
      expect(delay).toBeGreaterThanOrEqual(500)
      expect(delay).toBeGreaterThanOrEqual(leastDelay(occasion))
      expect(delay).toBeLessThanOrEqual(longestDelay)
      expect(Number.isInteger(delay)).toBe(true)
    }),
  )
})

test('longestDelay is the last one that setTimeout does not turn into 1 ms', () => {
  expect(longestDelay).toBe(0x7fffffff)
})
