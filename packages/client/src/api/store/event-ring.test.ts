import { expect, test } from 'vitest'
import { EventRing } from './event-ring.ts'

test.each([
  [0, []],
  [1, [9]],
  [3, [7, 8, 9]],
  [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [99, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
])('EventRing of %i holds the last items in order', (limit, items) => {
  const ring = new EventRing<number>(limit)
  for (let n = 0; n < 10; n++) ring.add(n)
  expect(ring.items).toEqual(items)
})

test('EventRing.items is the same array until something is added, and never changes after', () => {
  const ring = new EventRing<number>(2)
  ring.add(1)
  const first = ring.items
  expect(ring.items).toBe(first)
  for (const n of [2, 3, 4, 5]) ring.add(n)
  expect(first).toEqual([1])
  expect(ring.items).toEqual([4, 5])
  ring.clear()
  expect(ring.items).toEqual([])
})
