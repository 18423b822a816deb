import { expect, test } from 'vitest'
import { EventSourceParserStream, ParseError } from '@millrace/parser/stream'
import type { Chunk } from '@millrace/parser'

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

test('turns a response body into events', async () => {
  const { body } = new Response('id: 1\ndata: a\n\nevent: b\ndata: c\n\n')
  expect(await all((body as ReadableStream<Chunk>).pipeThrough(new EventSourceParserStream()))).toEqual([
    { id: '1', event: undefined, data: 'a' },
    { id: undefined, event: 'b', data: 'c' },
  ])
})

test('takes text, as eventsource-parser does, and bytes cut inside a character', async () => {
  const bytes = utf8.encode('data: 水\n\n')
  for (const chunks of [
    ['data: ', '水\n\n'],
    [bytes.subarray(0, 7), bytes.subarray(7)],
  ]) {
    const events = await all(streamOf(...chunks).pipeThrough(new EventSourceParserStream()))
    expect(events.map((event) => event.data)).toEqual(['水'])
  }
})

test('ignores what the standard ignores, unless onError is "terminate"', async () => {
  const chunks = ['nonsense\ndata: a\n\n']
  expect(await all(streamOf(...chunks).pipeThrough(new EventSourceParserStream()))).toHaveLength(1)
  await expect(
    all(streamOf(...chunks).pipeThrough(new EventSourceParserStream({ onError: 'terminate' }))),
  ).rejects.toThrow(ParseError)
})

test('errors when a limit is passed, whatever onError is', async () => {
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

test('tells ids, retries and comments in the order of the stream', async () => {
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
