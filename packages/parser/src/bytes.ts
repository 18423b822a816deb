import type { Chunk } from './types.ts'

/**
 * The bytes of a chunk, without a copy. No `instanceof`: a chunk may come from another realm.
 * @throws {TypeError} for what is neither an ArrayBuffer nor a view of one.
 */
export function asBytes(chunk: Exclude<Chunk, string>): Uint8Array {
  if (isUint8Array(chunk)) return chunk
  // A DataView, unlike a Uint8Array, is never made of a number or an array.
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(chunk) ? chunk : new DataView(chunk)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function isUint8Array(chunk: ArrayBuffer | ArrayBufferView): chunk is Uint8Array {
  return ArrayBuffer.isView(chunk) && (chunk as Partial<Uint8Array>)[Symbol.toStringTag] === 'Uint8Array'
}
