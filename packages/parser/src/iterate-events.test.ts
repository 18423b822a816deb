import { expect, onTestFinished, test, vi } from 'vitest'
import { EventSourceParserStream } from '@millrace/parser/stream'
import type { Chunk, EventSourceMessage } from '@millrace/parser'

const text = (...data: string[]): string => data.map((each) => `data: ${each}\n\n`).join('')

function stream(...chunks: Chunk[]): ReadableStream<EventSourceMessage> {
  return streamThat((controller) => controller.close(), chunks)
}

/** Gives the chunks, one a pull, and then does this. */
function streamThat(
  then: (controller: ReadableStreamDefaultController<Chunk>) => void,
  chunks: Chunk[],
  cancel?: (reason: unknown) => void,
): ReadableStream<EventSourceMessage> {
  const left = [...chunks]
  const source = new ReadableStream<Chunk>({
    pull(controller) {
      const chunk = left.shift()
      if (chunk === undefined) then(controller)
      else controller.enqueue(chunk)
    },
    ...(cancel === undefined ? {} : { cancel }),
  })
  return source.pipeThrough(new EventSourceParserStream())
}

async function looped(events: AsyncIterable<EventSourceMessage>): Promise<string[]> {
  const data: string[] = []
  for await (const event of events) data.push(event.data)
  return data
}

async function read(events: ReadableStream<EventSourceMessage>): Promise<string | undefined> {
  const reader = events.getReader()
  const { value } = await reader.read()
  reader.releaseLock()
  return value?.data
}

test('a loop gives every event in order, however chunks hold them', async () => {
  const all = ['a', 'b', 'c', 'd', 'e']
  expect(await looped(stream(text(...all)))).toEqual(all)
  expect(await looped(stream(...all.map((each) => text(each))))).toEqual(all)
  expect(await looped(stream(text('a', 'b'), ':hi\n\n', text('c', 'd', 'e')))).toEqual(all)
  expect(await looped(stream(...text(...all)))).toEqual(all)
  expect(await looped(stream())).toEqual([])
})

test('a loop locks the stream, and gives it back at its end', async () => {
  const events = stream(text('a', 'b'))
  const loop = events[Symbol.asyncIterator]()
  expect(events.locked).toBe(true)
  expect(() => events[Symbol.asyncIterator]()).toThrow(TypeError)

  for (const done of [false, false, true, true]) expect((await loop.next()).done).toBe(done)
  expect(events.locked).toBe(false)
  expect(await loop.return?.()).toMatchObject({ done: true })
})

test('next() called again before earlier calls have their events gives the one after theirs', async () => {
  const { readable, writable } = new EventSourceParserStream()
  const loop = readable[Symbol.asyncIterator]()
  // Four wait. The fifth call comes as soon as the first has its event: it must not overtake the others.
  const first = loop.next()
  const calls = [first, loop.next(), loop.next(), loop.next(), first.then(() => loop.next())]
  await new Promise((resolve) => setTimeout(resolve, 0))
  await writable.getWriter().write(text('a', 'b', 'c', 'd', 'e'))

  const results = await Promise.all(calls)
  expect(results.map(({ value }) => value?.data)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('only the first event of a chunk goes through the queue of the stream that is looped over', async () => {
  const enqueue = vi.spyOn(ReadableStreamDefaultController.prototype, 'enqueue')
  onTestFinished(() => enqueue.mockRestore())
  const { readable, writable } = new EventSourceParserStream()
  const writer = writable.getWriter()
  const written = (async () => {
    for (const chunk of [text('a'), text('b', 'c', 'd'), text('e', 'f', 'g')]) await writer.write(chunk)
    await writer.close()
  })()

  expect(await read(readable)).toBe('a')
  expect(await looped(readable)).toEqual(['b', 'c', 'd', 'e', 'f', 'g'])
  await written
  expect(enqueue.mock.calls.map(([event]) => event?.data)).toEqual(['a', 'b', 'e'])
})

test('the iterator of an iterator is itself', () => {
  const loop = stream()[Symbol.asyncIterator]()
  expect(loop[Symbol.asyncIterator]()).toBe(loop)
})

test('leaving a loop cancels the stream with its reason, and throws the other events away', async () => {
  const reasons: unknown[] = []
  const events = streamThat(
    () => {},
    [text('a', 'b', 'c')],
    (reason) => void reasons.push(reason),
  )
  for await (const { data } of events) {
    expect(data).toBe('a')
    break
  }
  await expect.poll(() => reasons).toEqual([undefined])
  expect(await read(events)).toBeUndefined()
})

test('leaving a loop with preventCancel leaves its other events to whoever reads next', async () => {
  const events = stream(text('a', 'b', 'c', 'd'), text('e'))
  const loop = events[Symbol.asyncIterator]({ preventCancel: true })
  expect((await loop.next()).value?.data).toBe('a')
  expect((await loop.next()).value?.data).toBe('b')
  await loop.return?.()
  expect(await read(events)).toBe('c')
  expect(await looped(events)).toEqual(['d', 'e'])
})

test('a loop that follows reads goes on where they stopped', async () => {
  const events = stream(text('a', 'b', 'c'), text('d', 'e'))
  expect(await read(events)).toBe('a')
  expect(await read(events)).toBe('b')
  expect(await looped(events)).toEqual(['c', 'd', 'e'])
})

test('both branches of tee() have every event', async () => {
  const [one, other] = stream(text('a', 'b', 'c')).tee()
  const native = async (events: ReadableStream<EventSourceMessage>): Promise<string[]> => {
    const reader = events.getReader()
    const data: string[] = []
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return data
      data.push(value.data)
    }
  }
  expect(await Promise.all([native(one), native(other)])).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ])
})

test('a loop throws what the source throws, once', async () => {
  const failure = new TypeError('The line is dead')
  const events = streamThat((controller) => controller.error(failure), [text('a')])
  const loop = events[Symbol.asyncIterator]()
  expect((await loop.next()).value?.data).toBe('a')
  await expect(loop.next()).rejects.toBe(failure)
  expect((await loop.next()).done).toBe(true)
  expect(events.locked).toBe(false)
})

test('a loop throws what the source throws also where it was busy with an event then', async () => {
  let source: ReadableStreamDefaultController<Chunk> | undefined
  const events = new ReadableStream<Chunk>({ start: (controller) => void (source = controller) }).pipeThrough(
    new EventSourceParserStream(),
  )
  source?.enqueue(text('a', 'b'))
  const loop = events[Symbol.asyncIterator]()
  expect(await loop.next()).toMatchObject({ value: { data: 'a' } })
  const broken = new Error('broken')
  source?.error(broken)
  // The pipe has passed it on.
  await vi.waitFor(() => expect(events.locked).toBe(false))

  expect(await loop.next().catch((thrown: unknown) => thrown)).toBe(broken)
  expect(await loop.next()).toMatchObject({ done: true })
})

test('a loop throws a limit that was passed, and gives no event of that chunk behind the first', async () => {
  const source = new ReadableStream<Chunk>({
    start: (controller) => controller.enqueue(text('a', 'b', 'x'.repeat(99))),
  })
  const loop = source.pipeThrough(new EventSourceParserStream({ maxBufferSize: 9 }))[Symbol.asyncIterator]()
  expect((await loop.next()).value?.data).toBe('a')
  await expect(loop.next()).rejects.toMatchObject({ option: 'maxBufferSize' })
})

test('a chunk is not read before the events of the one before it are taken', async () => {
  let chunks = 0
  const source = new ReadableStream<Chunk>(
    {
      pull(controller) {
        chunks++
        controller.enqueue(text('a', 'b', 'c'))
      },
    },
    { highWaterMark: 0 },
  )
  const loop = source.pipeThrough(new EventSourceParserStream())[Symbol.asyncIterator]()
  await loop.next()
  await new Promise((resolve) => setTimeout(resolve, 0))
  const ahead = chunks
  await loop.next()
  await loop.next()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(chunks).toBe(ahead)
  await loop.next()
  await expect.poll(() => chunks).toBe(ahead + 1)
  await loop.return?.()
})
