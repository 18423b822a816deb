import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Inflow } from './inflow.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('feed() tells of a passed limit at once, and keeps the events before it in the queue', () => {
  const inflow = new Inflow({ event: 16, id: 8 }, '', 0)
  expect(inflow.feed(bytes('data: a\n\n'))).toBeNull()
  expect(inflow.feed(bytes('data: b\n\ndata: 12345678901234567\n'))).toEqual({
    code: 'too-large',
    limit: 'event',
    bytes: 16,
  })
  expect(inflow.shift()).toMatchObject({ data: 'a' })
  expect(inflow.shift()).toMatchObject({ data: 'b' })
  expect(inflow.shift()).toBeUndefined()
})

test('feed() names the id limit for an id, an event name and a comment', () => {
  for (const line of ['id: 123456789\n', 'event: 123456789\n', ': 123456789\n']) {
    const inflow = new Inflow({ event: 1000, id: 8 }, '', 0)
    expect(inflow.feed(bytes(line))).toEqual({ code: 'too-large', limit: 'id', bytes: 8 })
  }
})

test('open() begins a new body: unfinished data is dropped, the last event ID stays', () => {
  const inflow = new Inflow({ event: 1000, id: 1000 }, 'first', 0)
  inflow.feed(bytes('id: 1\n\nid: 2\ndata: cut'))
  inflow.open()
  inflow.feed(bytes('data: next\n\n'))

  expect(inflow.lastEventId).toBe('1')
  expect(inflow.shift()).toEqual({ note: 'id', id: '1' })
  expect(inflow.shift()).toEqual({ type: 'message', data: 'next', raw: 'next', lastEventId: '1' })
})

test('shift() lets go of what was taken once nothing is left', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const inflow = new Inflow({ event: 1000, id: 1000 }, '', 0)
  inflow.feed(bytes('data: a\n\n'))
  const taken = new WeakRef(inflow.shift() ?? {})
  expect(inflow.shift()).toBeUndefined()
  // What a WeakRef was asked for is kept to the end of the task.
  await new Promise(setImmediate)
  collect()

  expect(taken.deref()).toBeUndefined()
  expect(inflow.tail).toBe(0)
})
