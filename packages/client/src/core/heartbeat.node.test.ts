import { expect, test } from 'vitest'
import { beat, heard, impliedIdle, noHeartbeat, type Heartbeat } from './heartbeat.ts'

/** A monotonic clock starts anywhere. */
const start = 5_000_000

/** Bytes at these ms: a comment, or something else. */
function after(...bytes: readonly (readonly [at: number, what: 'comment' | 'event'])[]): Heartbeat {
  return bytes.reduce((heartbeat, [ms, what]) => {
    const at = start + ms
    const next = heard(heartbeat, at)
    return what === 'comment' ? beat(next, at) : next
  }, noHeartbeat)
}

test('impliedIdle() is nothing without comments, however regular the events', () => {
  expect(impliedIdle(noHeartbeat)).toBeNull()
  expect(impliedIdle(after([0, 'event'], [15_000, 'event'], [30_000, 'event']))).toBeNull()
})

test('impliedIdle() is nothing after one comment: it shows no interval', () => {
  expect(impliedIdle(after([0, 'event'], [15_000, 'comment']))).toBeNull()
})

test('impliedIdle() is at least a minute', () => {
  expect(impliedIdle(after([0, 'comment'], [15_000, 'comment']))).toBe(60_000)
  expect(impliedIdle(after([0, 'comment'], [20_000, 'comment']))).toBe(60_000)
})

test('impliedIdle() is three times the longest silence', () => {
  expect(impliedIdle(after([0, 'comment'], [30_000, 'comment'], [45_000, 'comment']))).toBe(90_000)
  expect(impliedIdle(after([0, 'comment'], [10_000, 'comment'], [40_000, 'event']))).toBe(90_000)
})

test('impliedIdle() counts the silence, not the time between comments that events have filled', () => {
  const chat = after(
    [0, 'comment'],
    [20_000, 'event'],
    [40_000, 'event'],
    [60_000, 'event'],
    [80_000, 'comment'],
  )
  expect(impliedIdle(chat)).toBe(60_000)
})

test('beat() takes comments in one breath for a greeting, not for a rhythm', () => {
  expect(impliedIdle(after([0, 'comment'], [3, 'comment'], [999, 'comment']))).toBeNull()
  expect(impliedIdle(after([0, 'comment'], [1000, 'comment']))).toBe(60_000)
})
