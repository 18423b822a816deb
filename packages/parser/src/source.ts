import type { Chunk } from './types.ts'

/** Where a stream comes from: a fetch response, a body, or anything that yields chunks. */
export type EventStreamSource = Response | ReadableStream<Chunk> | AsyncIterable<Chunk>

/** Every kind of source, read in one way. */
export interface ChunkReader {
  read: () => Promise<{ done?: boolean | undefined; value?: Chunk | undefined }>
  cancel: (reason?: unknown) => Promise<unknown>
}

/** @throws {TypeError} when it is no source, or when the body is already being read. */
export function readerOf(source: EventStreamSource): ChunkReader {
  if (Object(source) === source) {
    // `getReader()` rather than `for await`: WebKit's streams are not iterable.
    if ('getReader' in source) return source.getReader()
    if (Symbol.asyncIterator in source) return iteratorReader(source[Symbol.asyncIterator]())
    // node-fetch's body is none of the web's streams.
    if (source.body) return readerOf(source.body)
    // A response without a body, such as a 204, is an empty stream.
    if (source.body === null) return { read: nothing, cancel: nothing }
  }
  throw new TypeError('`source` must be a Response, a ReadableStream or an async iterable of bytes or text.')
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
