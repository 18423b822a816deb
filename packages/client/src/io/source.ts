import type { Failure } from '../core/failure.ts'
import { memberOf } from '../core/member-of.ts'

/** Where bytes come from, whatever the runtime calls it. */
export interface Source {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason: unknown): Promise<unknown>
}

/** What an app is told that gave something else, by its fetch or its stream. */
export const unreadable: Extract<Failure, { readonly code: 'invalid-option' | 'already-consumed' }> = {
  code: 'invalid-option',
  message:
    "The given body cannot be read: it must be a ReadableStream or an async iterable of bytes that nobody else reads. In React Native let `fetch` be expo's",
}

/**
 * A body as something to read from; null is an empty one, undefined none. A custom fetch may give an async iterable. Throws when it
 * is none of these, or locked.
 */
export function sourceOf(body: unknown): Source {
  if (isStream(body)) return body.getReader()
  if (isIterable(body)) {
    const iterator = body[Symbol.asyncIterator]()
    return {
      // Also of one that an app wrote by hand, whose `next` throws, or gives no promise.
      read: async () => {
        const { done = false, value } = await iterator.next()
        return { done, value }
      },
      cancel: async (reason) => iterator.return?.(reason),
    }
  }
  if (body === null) return { read: async () => ({ done: true }), cancel: async () => {} }
  throw new TypeError(unreadable.message)
}

function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof memberOf(body, 'getReader') === 'function'
}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof memberOf(body, Symbol.asyncIterator) === 'function'
}

/** What a given fetch, or a given stream, calls bytes; text is one way to say them. */
export function bytesOf(chunk: unknown): Uint8Array | null {
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk)
  if (!ArrayBuffer.isView(chunk)) return null
  // One of another realm is no instance of ours, and is seen anew.
  return chunk instanceof Uint8Array
    ? chunk
    : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
