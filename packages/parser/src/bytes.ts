/**
 * The bytes of a chunk, without a copy.
 * @throws {TypeError} for what is neither an ArrayBuffer nor a view of one.
 */
export function asBytes(chunk: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  // Of any realm, so no `instanceof`; and a DataView, unlike a Uint8Array, is never made of a number or an array.
  const view = 'buffer' in chunk ? chunk : new DataView(chunk)
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
