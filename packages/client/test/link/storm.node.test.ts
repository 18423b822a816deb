import { expect, test } from 'vitest'
import { full } from '../../../../test/support/full.ts'
import { busiest, storm } from './storm.ts'

const seeds = full ? [1, 1000] : [1]

test.each(seeds)('500 clients that are reset together come back spread out (seed %d)', async (seed) => {
  const { clients, back, busiest } = await storm(seed, 'reset', 10_000)
  expect([clients, back]).toEqual([500, 500])
  expect(busiest).toBeLessThanOrEqual(0.09)
})

test.each(seeds)('500 clients of a server that restarts come back spread out (seed %d)', async (seed) => {
  const { clients, back, busiest } = await storm(seed, 'restart', 10_000)
  expect([clients, back]).toEqual([500, 500])
  expect(busiest).toBeLessThanOrEqual(0.1)
})

test('busiest() finds the fullest window, whose end is open', () => {
  expect(busiest([0, 100, 150, 199, 200, 500], 100)).toBe(3)
  expect(busiest([], 100)).toBe(0)
})
