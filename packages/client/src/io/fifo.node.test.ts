import { expect, test } from 'vitest'
import { Fifo } from './fifo.ts'

/** Takes everything that is there. */
function drain<T>(fifo: Fifo<T>): T[] {
  const taken: T[] = []
  for (let item = fifo.shift(); item !== undefined; item = fifo.shift()) taken.push(item)
  return taken
}

test('shift() gives what came first, also between two push()', () => {
  const fifo = new Fifo<number>()
  fifo.push(1)
  fifo.push(2)
  expect(fifo.shift()).toBe(1)
  fifo.push(3)
  expect(fifo.length).toBe(2)
  expect(drain(fifo)).toEqual([2, 3])
  expect(fifo.length).toBe(0)
})

test('clear() drops what is there, however it is held', () => {
  const fifo = new Fifo<number>()
  for (const item of [1, 2, 3]) fifo.push(item)
  fifo.shift()
  fifo.push(4)
  fifo.clear()
  expect(fifo.length).toBe(0)
  expect(drain(fifo)).toEqual([])
})
