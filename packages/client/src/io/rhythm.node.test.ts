import { expect, test } from 'vitest'
import { Rhythm } from './rhythm.ts'

/** Bytes at these ms: a comment, or something else. */
type Heard = readonly [ms: number, what: 'comment' | 'event']

const idleAfter = (...bytes: readonly Heard[]): number | null => hear(5_000_000, bytes)

function hear(start: number, bytes: readonly Heard[]): number | null {
  const rhythm = new Rhythm()
  for (const [ms, what] of bytes) {
    rhythm.heard(start + ms)
    if (what === 'comment') rhythm.beat(start + ms)
  }
  return rhythm.idle
}

test('idle is nothing without comments, however regular the events', () => {
  expect(idleAfter()).toBeNull()
  expect(idleAfter([0, 'event'], [15_000, 'event'], [30_000, 'event'])).toBeNull()
})

test('idle is nothing after one comment: it shows no interval', () => {
  expect(idleAfter([0, 'event'], [15_000, 'comment'])).toBeNull()
})

test('idle is at least a minute', () => {
  expect(idleAfter([0, 'comment'], [15_000, 'comment'])).toBe(60_000)
  expect(idleAfter([0, 'comment'], [20_000, 'comment'])).toBe(60_000)
})

test('idle is three times the longest silence', () => {
  expect(idleAfter([0, 'comment'], [30_000, 'comment'], [45_000, 'comment'])).toBe(90_000)
  expect(idleAfter([0, 'comment'], [10_000, 'comment'], [40_000, 'event'])).toBe(90_000)
})

test('idle counts the silence, not the time between comments that events have filled', () => {
  const chat = idleAfter(
    [0, 'comment'],
    [20_000, 'event'],
    [40_000, 'event'],
    [60_000, 'event'],
    [80_000, 'comment'],
  )
  expect(chat).toBe(60_000)
})

test('beat() takes comments in one breath for a greeting, not for a rhythm', () => {
  expect(idleAfter([0, 'comment'], [3, 'comment'], [999, 'comment'])).toBeNull()
  expect(idleAfter([0, 'comment'], [1000, 'comment'])).toBe(60_000)
})

test('beat() counts from the first comment on, wherever the monotonic clock starts', () => {
  const twice: readonly Heard[] = [
    [0, 'comment'],
    [1000, 'comment'],
  ]
  for (const start of [0, 1, 5_000_000]) expect(hear(start, twice)).toBe(60_000)
})
