import { expect, test } from 'vitest'
import { growth } from '../../../test/support/growth.ts'
import { BoundedQueue } from './bounded-queue.ts'

const piece = new Uint8Array(8)

test('a reader that fell behind gets what waits in the same time for each piece, however many there are', async () => {
  const read = async (pieces: number) => {
    const queue = new BoundedQueue({ limit: Infinity, onBehind: () => {} })
    for (let n = 0; n < pieces; n++) queue.push(piece)
    queue.end()
    for await (const _ of queue);
  }

  expect(await growth(read, 4000, 16, 4)).toBeLessThan(4)
})

test('a queue gives its pieces in order while others come, and nothing more once its reader is too far behind', async () => {
  let behind = 0
  const queue = new BoundedQueue({ limit: 4, onBehind: () => void behind++ })
  const reader = queue[Symbol.asyncIterator]()
  const got: number[] = []
  for (const byte of [1, 2, 3, 4, 5, 6]) {
    queue.push(Uint8Array.of(byte))
    if (byte % 2 === 0) for (let n = 0; n < 2; n++) got.push((await reader.next()).value?.[0] ?? -1)
  }
  expect(got).toEqual([1, 2, 3, 4, 5, 6])

  for (const byte of [7, 8, 9]) queue.push(Uint8Array.of(byte))
  expect((await reader.next()).value).toEqual(Uint8Array.of(7))
  for (const byte of [10, 11, 12]) queue.push(Uint8Array.of(byte))
  expect(behind).toBe(1)
  expect(await reader.next()).toEqual({ done: true, value: undefined })
})
