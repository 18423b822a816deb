import type { Failure } from '../core/failure.ts'

/** Where bytes come from, whatever the runtime calls it. */
export interface Source {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason: unknown): Promise<unknown>
}

/** What an app is told that gave something else, by its fetch or its stream. */
export const unreadable: Extract<Failure, { readonly code: 'invalid-option' | 'already-consumed' }> = {
  code: 'invalid-option',
  message:
    'The given body cannot be read: it must be a ReadableStream of bytes that nobody else reads, or an async iterable of them',
}

/**
 * A body as something to read from; an absent one is empty. A custom fetch may give an async iterable. Throws when it
 * is none of these, or locked.
 */
export function sourceOf(body: unknown): Source {
  if (isStream(body)) return body.getReader()
  if (isIterable(body)) {
    const iterator = body[Symbol.asyncIterator]()
    return {
      read: () => iterator.next().then(({ done, value }) => ({ done: done === true, value })),
      cancel: async (reason) => iterator.return?.(reason),
    }
  }
  if (body === null || body === undefined)
    return { read: async () => ({ done: true }), cancel: async () => {} }
  throw new TypeError(unreadable.message)
}

function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return (
    typeof body === 'object' && body !== null && 'getReader' in body && typeof body.getReader === 'function'
  )
}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

/** What a given fetch, or a given stream, calls bytes; text is one way to say them. */
export function bytesOf(chunk: unknown): Uint8Array | null {
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk)
  if (!ArrayBuffer.isView(chunk)) return null
  // Not by `instanceof`: a chunk may come from another realm.
  return Object.prototype.toString.call(chunk) === '[object Uint8Array]'
    ? (chunk as Uint8Array)
    : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
