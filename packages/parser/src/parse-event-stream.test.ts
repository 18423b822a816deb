import { expect, test } from 'vitest'
import { parseEventStream } from '@millrace/parser'
import type { Chunk, EventSourceMessage } from '@millrace/parser'

/** A source that counts how often it is read and whether it was given up. */
function source(...chunks: Chunk[]): {
  stream: ReadableStream<Chunk>
  reads: () => number
  cancelled: () => boolean
} {
  let reads = 0
  let cancelled = false
  const stream = new ReadableStream<Chunk>(
    {
      pull(controller) {
        const chunk = chunks[reads++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk)
      },
      cancel() {
        cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, reads: () => reads, cancelled: () => cancelled }
}

async function* mixedChunks(): AsyncGenerator<Chunk> {
  yield new TextEncoder().encode('data: a\n')
  yield '\ndata: b\n\n'
}

async function data(events: AsyncIterable<EventSourceMessage>): Promise<string[]> {
  const seen: string[] = []
  for await (const event of events) seen.push(event.data)
  return seen
}

test('parseEventStream() reads a response', async () => {
  expect(await data(parseEventStream(new Response('data: a\n\ndata: b\n\ndata: cut')))).toEqual(['a', 'b'])
})

test('parseEventStream() takes a response without a body for an empty stream', async () => {
  expect(await data(parseEventStream(new Response(null)))).toEqual([])
})

test('parseEventStream() reads any async iterable of bytes or text', async () => {
  expect(await data(parseEventStream(mixedChunks()))).toEqual(['a', 'b'])
})

test('parseEventStream() leaves timers their turn where a source never waits, and no event comes of it', async () => {
  const timer = new AbortController()
  setTimeout(() => timer.abort())
  async function* comments(): AsyncGenerator<Chunk> {
    for (let chunks = 0; chunks < 200_000 && !timer.signal.aborted; chunks++) yield ':\n'
  }
  expect(await data(parseEventStream(comments()))).toEqual([])
  expect(timer.signal.aborted).toBe(true)
})

test('parseEventStream() reads no further than its consumer asks', async () => {
  const { stream, reads } = source('data: a\n\ndata: b\n\n', 'data: c\n\n', 'data: d\n\n')
  const events = parseEventStream(stream)
  expect(reads()).toBe(0)
  await events.next()
  await events.next()
  expect(reads()).toBe(1)
  await events.next()
  expect(reads()).toBe(2)
})

test('parseEventStream() cancels the source when its loop is left', async () => {
  const { stream, cancelled } = source('data: a\n\n', 'data: b\n\n')
  for await (const event of parseEventStream(stream)) {
    expect(event.data).toBe('a')
    break
  }
  expect(cancelled()).toBe(true)
})

test('parseEventStream() gives several pulls at once their events in order', async () => {
  const events = parseEventStream(source('data: a\n\ndata: b\n\n', 'data: c\n\n').stream)
  const results = await Promise.all([events.next(), events.next(), events.next(), events.next()])
  expect(results.map(({ value }) => value?.data)).toEqual(['a', 'b', 'c', undefined])
})

test('batches() yields all events of one read as one array, and what next() has left', async () => {
  const events = parseEventStream(
    source('data: a\n\ndata: b\n\ndata: c\n\n', ': note\n\n', 'data: d\n\n').stream,
  )
  await events.next()
  const batches: string[][] = []
  for await (const batch of events.batches()) batches.push(batch.map((event) => event.data))
  expect(batches).toEqual([['b', 'c'], ['d']])
})

test('parseEventStream() throws a limit that was passed after the events before it, and cancels', async () => {
  const { stream, cancelled } = source(`data: a\n\ndata: ${'x'.repeat(50)}`, 'data: c\n\n')
  const events = parseEventStream(stream, { maxBufferSize: 20 })
  expect((await events.next()).value?.data).toBe('a')
  await expect(events.next()).rejects.toMatchObject({ name: 'ParseError', option: 'maxBufferSize' })
  expect(cancelled()).toBe(true)
  expect(await events.next()).toEqual({ done: true, value: undefined })
})

test('parseEventStream() throws what its source throws, after the events before it', async () => {
  const broken = new Error('reset by peer')
  async function* chunks(): AsyncGenerator<Chunk> {
    yield 'data: a\n\n'
    throw broken
  }
  const events = parseEventStream(chunks())
  expect((await events.next()).value?.data).toBe('a')
  await expect(events.next()).rejects.toBe(broken)
})

test('parseEventStream() refuses a body that is being read', () => {
  const { stream } = source('data: a\n\n')
  stream.getReader()
  expect(() => parseEventStream(stream)).toThrow(TypeError)
})

test.each([null, undefined, 'data: a\n\n', [new Uint8Array(1)], {}, { data: new ReadableStream() }])(
  'parseEventStream(%o) is refused: to take it for an empty stream would hide the mistake',
  (source) => {
    expect(() => parseEventStream(source as unknown as Response)).toThrow(
      '`source` must be a Response, a ReadableStream or an async iterable of bytes or text.',
    )
  },
)

test('parseEventStream() reads the body of a response that is an async iterable, as that of node-fetch', async () => {
  async function* body() {
    yield 'data: a\n\n'
  }
  const events: string[] = []
  for await (const { data } of parseEventStream({ body: body() } as unknown as Response)) events.push(data)
  expect(events).toEqual(['a'])
})

test('parseEventStream() tells onError what the standard ignores, and reads on', async () => {
  const told: string[] = []
  const events = parseEventStream(source('nonsense\ndata: a\n\n').stream, {
    onError: ({ type }) => told.push(type),
  })
  expect(await data(events)).toEqual(['a'])
  expect(told).toEqual(['unknown-field'])
})

test('parseEventStream() throws a limit that the last chunk has passed', async () => {
  const events = parseEventStream(source(`data: ${'x'.repeat(50)}`).stream, { maxBufferSize: 20 })
  await expect(events.next()).rejects.toMatchObject({ option: 'maxBufferSize' })
})

/** Chunks by hand, to count how often they are given up; `null` breaks. */
function iterable(...chunks: (Chunk | null)[]): { chunks: AsyncIterable<Chunk>; returns: () => number } {
  let returns = 0
  const iterator: AsyncIterator<Chunk> = {
    async next() {
      const value = chunks.shift()
      if (value === null) throw new RangeError('broken')
      return value === undefined ? { done: true, value } : { done: false, value }
    },
    async return() {
      returns++
      return { done: true, value: undefined }
    },
  }
  return { chunks: { [Symbol.asyncIterator]: () => iterator }, returns: () => returns }
}

test('return() gives the source up once, and drops the events that wait', async () => {
  const { chunks, returns } = iterable('data: a\n\ndata: b\n\n')
  const events = parseEventStream(chunks)
  await events.next()
  await events.return?.()
  await events.return?.()
  expect(returns()).toBe(1)
  expect(await events.next()).toEqual({ done: true, value: undefined })
})

test('return() does not give up a source that has ended or failed', async () => {
  for (const last of [undefined, null]) {
    const { chunks, returns } = iterable('data: a\n\n', ...(last === null ? [last] : []))
    const events = parseEventStream(chunks)
    await data(events).catch(() => {})
    await events.return?.()
    expect(returns()).toBe(0)
  }
})

test('return() is enough for a source that cannot be given up', async () => {
  const events = parseEventStream({
    [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 'data: a\n\n' }) }),
  })
  await events.next()
  expect(await events.return?.()).toEqual({ done: true, value: undefined })
})
