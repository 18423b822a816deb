import type { Chunk } from './types.ts'

/** Where a stream comes from: a fetch response, a body, or anything that yields chunks. */
export type EventStreamSource = Response | ReadableStream<Chunk> | AsyncIterable<Chunk>

/** Every kind of source, read in one way. */
export interface ChunkReader {
  read: () => Promise<{ done?: boolean | undefined; value?: Chunk | undefined }>
  cancel: (reason?: unknown) => Promise<unknown>
}

/** @throws {TypeError} when the body is already being read. */
export function readerOf(source: EventStreamSource): ChunkReader {
  // `getReader()` rather than `for await`: WebKit's streams are not iterable.
  if ('getReader' in source) return source.getReader()
  if (Symbol.asyncIterator in source) return iteratorReader(source[Symbol.asyncIterator]())
  // A response without a body, such as a 204, is an empty stream.
  return source.body ? source.body.getReader() : { read: nothing, cancel: nothing }
}

function iteratorReader(iterator: AsyncIterator<Chunk>): ChunkReader {
  return {
    read: () => iterator.next(),
    cancel: (reason) => iterator.return?.(reason) ?? nothing(),
  }
}

async function nothing(): Promise<{ done: true }> {
  return { done: true }
}
