import { afterEach, expect, test, vi } from 'vitest'
import { parseEventStream } from './parse-event-stream.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** So many comments that are there at once, then an event. */
async function* ready(comments: number): AsyncGenerator<string> {
  for (let n = 0; n < comments; n++) yield ':\n'
  yield 'data: a\n\n'
}

async function turnsFor(comments: number): Promise<number> {
  const turn = vi.fn((work: () => void) => void queueMicrotask(work))
  vi.stubGlobal('setImmediate', turn)
  for await (const { data } of parseEventStream(ready(comments))) expect(data).toBe('a')
  return turn.mock.calls.length
}

test('parseEventStream() takes a turn for each thousand reads that are answered at once, and none for fewer', async () => {
  expect(await turnsFor(100)).toBe(0)
  expect(await turnsFor(1100)).toBe(1)
})

test('parseEventStream() tells of a source that fails when it is let go', async () => {
  const iterator = {
    next: async () => ({ done: false as const, value: 'data: a\n\n' }),
    return: async () => {
      throw new RangeError('not to be let go')
    },
  }
  const events = parseEventStream({ [Symbol.asyncIterator]: () => iterator })
  await events.next()
  await expect(events.return?.()).rejects.toThrow('not to be let go')
})

test('parseEventStream() reads by getReader() alone: not every stream is an async iterable', async () => {
  const given = new Response('data: a\n\n').body
  const stream = { getReader: () => given?.getReader() } as unknown as ReadableStream<Uint8Array>
  const events: string[] = []
  for await (const { data } of parseEventStream(stream)) events.push(data)
  expect(events).toEqual(['a'])
})
