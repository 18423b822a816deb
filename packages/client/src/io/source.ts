import type { Failure } from '../core/failure.ts'
import { memberOf } from '../core/member-of.ts'

/** Where bytes come from, whatever the runtime calls it. */
export interface Source {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason: unknown): Promise<unknown>
}

/** The failure of a body that is something else, from a custom fetch or a given stream. */
export const unreadable: Extract<Failure, { readonly code: 'invalid-option' | 'already-consumed' }> = {
  code: 'invalid-option',
  message:
    "The body cannot be read: it must be an unread stream or async iterable of bytes. React Native needs expo's `fetch`",
}

/**
 * A body to read from; null is an empty one. A custom fetch may give an async iterable. Throws for anything else, such as
 * undefined, and when the body is locked.
 */
export function sourceOf(body: unknown): Source {
  if (isStream(body)) return body.getReader()
  if (isIterable(body)) {
    const iterator = body[Symbol.asyncIterator]()
    return {
      // An async function: the `next` of an iterator written by hand may throw, or give no promise.
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

/** A chunk of a custom fetch or a given stream as bytes; it may be text. Null for anything else. */
export function bytesOf(chunk: unknown): Uint8Array | null {
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk)
  if (!ArrayBuffer.isView(chunk)) return null
  // A view from another realm is no instance of our Uint8Array: the same memory is viewed by one of ours.
  return chunk instanceof Uint8Array
    ? chunk
    : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
