import { afterEach, expect, test, vi } from 'vitest'
import { Stint } from './stint.ts'

let now = 0
const looks = vi.spyOn(performance, 'now').mockImplementation(() => now)
afterEach(() => void looks.mockClear())

/** After how many events of so many ms the stint is over; -1 when a thousand do not end it. */
function eventsIn(stint: Stint, ms: number): number {
  for (let events = 1; events <= 1000; events++) {
    now += ms
    if (stint.isOver()) return events
  }
  return -1
}

test.each([
  [50, 1],
  [5, 2],
  [1.5, 6],
])('isOver() notices slow events of %d ms one by one: after %i', (ms, events) => {
  const stint = new Stint()
  stint.begin()
  expect(eventsIn(stint, ms)).toBe(events)
})

test('isOver() looks at the clock after every sixteenth quick event', () => {
  const stint = new Stint()
  stint.begin()
  looks.mockClear()
  expect(eventsIn(stint, 0)).toBe(-1)
  expect(looks).toHaveBeenCalledTimes(Math.ceil(1000 / 16))
})

test('isOver() adds up the work on all chunks, and does not count the waits between them', () => {
  const stint = new Stint()
  stint.begin()
  const chunks: boolean[] = []
  for (let chunk = 0; chunk < 4; chunk++) {
    now += 3
    chunks.push(stint.isOver())
    now += 10_000
    stint.goOn()
  }
  expect(chunks).toEqual([false, false, true, true])
})

test('isOver() stays true until the others have had their turn, and counts nothing before the first event', () => {
  const stint = new Stint()
  now += 10_000
  expect(stint.isOver()).toBe(false)
  stint.goOn()
  now += 20
  expect([stint.isOver(), stint.isOver()]).toEqual([true, true])
  stint.begin()
  expect(stint.isOver()).toBe(false)
})
