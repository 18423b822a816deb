import type { Chunk } from './types.ts'

/** The bytes of a chunk, without a copy. No `instanceof`: a chunk may come from another realm. */
export function asBytes(chunk: Exclude<Chunk, string>): Uint8Array {
  if (ArrayBuffer.isView(chunk)) {
    return isUint8Array(chunk) ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
  if (Object.prototype.toString.call(chunk) !== '[object ArrayBuffer]') {
    throw new TypeError('feed() takes a string, an ArrayBuffer or a view of one, such as a Uint8Array.')
  }
  return new Uint8Array(chunk)
}

function isUint8Array(view: ArrayBufferView): view is Uint8Array {
  return (view as Partial<Uint8Array>)[Symbol.toStringTag] === 'Uint8Array'
}
