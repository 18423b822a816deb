import { expect, test } from 'vitest'
import { beat, heard, impliedIdle, noHeartbeat, type Heartbeat } from './heartbeat.ts'

/** Bytes at these ms: a comment, or something else. */
type Heard = readonly [ms: number, what: 'comment' | 'event']

const after = (...bytes: readonly Heard[]): Heartbeat => hear(5_000_000, bytes)

function hear(start: number, bytes: readonly Heard[]): Heartbeat {
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

test('beat() counts from the first comment on, wherever the monotonic clock starts', () => {
  const twice: readonly Heard[] = [
    [0, 'comment'],
    [1000, 'comment'],
  ]
  for (const start of [0, 1, 5_000_000]) expect(impliedIdle(hear(start, twice))).toBe(60_000)
})
