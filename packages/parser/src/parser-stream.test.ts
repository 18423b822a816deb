import { expect, test } from 'vitest'
import { EventSourceParserStream, ParseError } from '@millrace/parser/stream'
import type { Chunk, EventSourceMessage } from '@millrace/parser'

const utf8 = new TextEncoder()

function streamOf(...chunks: Chunk[]): ReadableStream<Chunk> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

async function all<Value>(stream: ReadableStream<Value>): Promise<Value[]> {
  const reader = stream.getReader()
  const values: Value[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return values
    values.push(value)
  }
}

test('EventSourceParserStream turns a response body into events', async () => {
  const { body } = new Response('id: 1\ndata: a\n\nevent: b\ndata: c\n\n')
  expect(await all((body as ReadableStream<Chunk>).pipeThrough(new EventSourceParserStream()))).toEqual([
    { id: '1', event: undefined, data: 'a' },
    { id: undefined, event: 'b', data: 'c' },
  ])
})

test('EventSourceParserStream takes text, as eventsource-parser does, and bytes cut inside a character', async () => {
  const bytes = utf8.encode('data: 水\n\n')
  for (const chunks of [
    ['data: ', '水\n\n'],
    [bytes.subarray(0, 7), bytes.subarray(7)],
  ]) {
    const events = await all(streamOf(...chunks).pipeThrough(new EventSourceParserStream()))
    expect(events.map((event) => event.data)).toEqual(['水'])
  }
})

test('EventSourceParserStream ignores what the standard ignores, unless onError is "terminate"', async () => {
  const chunks = ['nonsense\ndata: a\n\n']
  expect(await all(streamOf(...chunks).pipeThrough(new EventSourceParserStream()))).toHaveLength(1)
  await expect(
    all(streamOf(...chunks).pipeThrough(new EventSourceParserStream({ onError: 'terminate' }))),
  ).rejects.toThrow(ParseError)
})

test('with onError "terminate" what is before and behind the error in its chunk changes nothing', async () => {
  const chunk = 'data: a\n\nnonsense\n\ndata: b\n\n'
  const events = streamOf(chunk).pipeThrough(new EventSourceParserStream({ onError: 'terminate' }))
  const seen: string[] = []
  const loop = async () => {
    for await (const { data } of events) seen.push(data)
  }
  await expect(loop()).rejects.toMatchObject({ type: 'unknown-field', field: 'nonsense' })
  expect(seen).toEqual(['a'])
})

test('with onError "terminate" the chunk was written all the same: what broke is the stream, as with any TransformStream', async () => {
  const { readable, writable } = new EventSourceParserStream({ onError: 'terminate' })
  const read = all(readable)
  const writer = writable.getWriter()
  const written = writer.write('nonsense\n')
  await expect(read).rejects.toThrow(ParseError)
  await expect(written).resolves.toBeUndefined()
  await expect(writer.closed).rejects.toThrow(ParseError)
})

test.each([{}, { onError: 'terminate' as const }])(
  'what a callback throws breaks both sides, with options %j',
  async (options) => {
    const thrown = new RangeError('by the app')
    const onComment = () => {
      throw thrown
    }
    const { readable, writable } = new EventSourceParserStream({ ...options, onComment })
    const read = all(readable)
    const written = writable.getWriter().write(':\n')
    expect(await read.catch((error: unknown) => error)).toBe(thrown)
    expect(await written.catch((error: unknown) => error)).toBe(thrown)
  },
)

test('EventSourceParserStream errors when a limit is passed, whatever onError is', async () => {
  const seen: string[] = []
  const stream = streamOf('data: 123456789\n').pipeThrough(
    new EventSourceParserStream({ maxBufferSize: 4, onError: ({ type }) => seen.push(type) }),
  )
  await expect(all(stream)).rejects.toMatchObject({
    type: 'max-buffer-size-exceeded',
    option: 'maxBufferSize',
  })
  expect(seen).toEqual(['max-buffer-size-exceeded'])
})

test('EventSourceParserStream tells ids, retries and comments in the order of the stream', async () => {
  const seen: string[] = []
  const stream = streamOf(':hi\nretry: 5\nid: 1\n\n').pipeThrough(
    new EventSourceParserStream({
      onComment: (comment) => seen.push(`comment ${comment}`),
      onRetry: (retry) => seen.push(`retry ${retry}`),
      onId: (id) => seen.push(`id ${id}`),
    }),
  )
  expect(await all(stream)).toEqual([])
  expect(seen).toEqual(['comment hi', 'retry 5', 'id 1'])
})

/** Both ends by hand, and what became of each call so far. */
function ends(options?: ConstructorParameters<typeof EventSourceParserStream>[0]): {
  write: (chunk: Chunk) => Promise<void>
  read: () => Promise<string>
  writer: WritableStreamDefaultWriter<Chunk>
  reader: ReadableStreamDefaultReader<EventSourceMessage>
} {
  const stream = new EventSourceParserStream(options)
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  return {
    write: (chunk) => writer.write(chunk),
    read: async () => (await reader.read()).value?.data ?? 'the end',
    writer,
    reader,
  }
}

/** Whether a promise is still open when all that could settle it has run. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol()
  const turn = new Promise((resolve) => setTimeout(resolve, 0, open))
  return (await Promise.race([promise, turn])) === open
}

test('EventSourceParserStream is a TransformStream', () => {
  expect(new EventSourceParserStream()).toBeInstanceOf(TransformStream)
})

test('EventSourceParserStream parses a chunk when an event is asked for and none is left, not before', async () => {
  const comments: string[] = []
  const { write, read } = ends({ onComment: (comment) => comments.push(comment) })
  const first = write(':1\ndata: a\n\ndata: b\n\n')
  expect(await isOpen(first)).toBe(true)
  expect(comments).toEqual([])

  expect(await read()).toBe('a')
  await first
  const second = write(':2\ndata: c\n\n')
  expect(await isOpen(second)).toBe(true)
  expect(await read()).toBe('b')
  expect(await isOpen(second)).toBe(true)
  expect(comments).toEqual(['1'])
  expect(await read()).toBe('c')
  await second
  expect(comments).toEqual(['1', '2'])
})

test('EventSourceParserStream goes on to the next chunk where one had no event', async () => {
  const { write, read, writer } = ends()
  const reads = Promise.all([read(), read(), read()])
  await Promise.all([write(': note\n\n'), write('data: a\n'), write('\ndata: b\n\n'), writer.close()])
  expect(await reads).toEqual(['a', 'b', 'the end'])
})

test('EventSourceParserStream gives the events that wait when it is closed', async () => {
  const { write, read, writer } = ends()
  const written = write('data: a\n\ndata: b\n\ndata: cut')
  const closed = writer.close()
  expect(await read()).toBe('a')
  await written
  await closed
  expect([await read(), await read()]).toEqual(['b', 'the end'])
})

test('cancel() errors the writable side with its reason, and the write that waits', async () => {
  for (const waits of [true, false]) {
    const { write, writer, reader } = ends()
    const written = waits ? write('data: a\n\n') : Promise.reject(new RangeError('enough'))
    const outcome = expect(written).rejects.toThrow('enough')
    await reader.cancel(new RangeError('enough'))
    await outcome
    await expect(writer.closed).rejects.toThrow('enough')
  }
})

test('leaving the loop over the events of a body cancels the body', async () => {
  const reasons: unknown[] = []
  const body = new ReadableStream<Chunk>({
    pull: (controller) => controller.enqueue('data: a\n\ndata: b\n\n'),
    cancel: (reason) => void reasons.push(reason),
  })
  const reader = body.pipeThrough(new EventSourceParserStream()).getReader()
  await reader.read()
  await reader.cancel('enough')
  expect(reasons).toEqual(['enough'])
})

test('abort() errors the readable side with its reason', async () => {
  const { read, writer } = ends()
  const outcome = expect(read()).rejects.toThrow('enough')
  await writer.abort(new RangeError('enough'))
  await outcome
})

test.each(['before', 'after'])(
  'EventSourceParserStream errors both sides with what a callback throws, asked for an event %s the chunk is written',
  async (when) => {
    const { write, read, writer } = ends({
      onComment() {
        throw new RangeError('of the app')
      },
    })
    const asked = when === 'before' ? read() : undefined
    const written = write(':x\n\n')
    await Promise.all(
      [written, asked ?? read(), writer.closed].map((promise) =>
        expect(promise).rejects.toThrow('of the app'),
      ),
    )
  },
)

test('EventSourceParserStream errors the writable side too when a limit is passed', async () => {
  const { write, read, writer } = ends({ maxBufferSize: 4 })
  const outcome = expect(read()).rejects.toMatchObject({ option: 'maxBufferSize' })
  await write('data: 123456789\n')
  await outcome
  await expect(writer.closed).rejects.toMatchObject({ option: 'maxBufferSize' })
})
