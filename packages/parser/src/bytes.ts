/**
 * The bytes of a chunk, without a copy. No `instanceof`: a chunk may come from another realm.
 * @throws {TypeError} for what is neither an ArrayBuffer nor a view of one.
 */
export function asBytes(chunk: ArrayBuffer | ArrayBufferView): Uint8Array {
  // A DataView, unlike a Uint8Array, is never made of a number or an array.
  const view = ArrayBuffer.isView(chunk) ? chunk : new DataView(chunk)
  return isUint8Array(view) ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

function isUint8Array(view: ArrayBufferView & { [Symbol.toStringTag]?: string }): view is Uint8Array {
  return view[Symbol.toStringTag] === 'Uint8Array'
}
