/**
 * Node before 24 has two ways to decode: one is fast for ASCII, the other, which a decoder takes for ever once it was
 * asked to stream, for all else (W10). To every other runtime the two decoders are the same.
 */
function decoder(stream: boolean): TextDecoder {
  const utf8 = new TextDecoder(undefined, { ignoreBOM: true })
  utf8.decode(undefined, { stream })
  return utf8
}

/** Without `stream`, decoding keeps no state: two decoders serve every parser. */
export const forAscii: TextDecoder = /* @__PURE__ */ decoder(false)
export const forOthers: TextDecoder = /* @__PURE__ */ decoder(true)

/** Where the character begins that the end cuts, else the end. To split in front of a lead byte is always safe. */
export function endOfWhole(bytes: Uint8Array): number {
  let at = bytes.length - 1
  // Behind the lead byte of a character all are 0b10xxxxxx.
  while ((bytes[at] ?? 0) >> 6 === 2) at--
  // A lead byte begins with as many ones as its character has bytes. One with more than four is ill-formed; what is
  // held for it becomes U+FFFD a chunk later.
  const size = Math.clz32(~(bytes[at] ?? 0) << 24)
  return at + size > bytes.length ? at : bytes.length
}

export function joined(cut: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(cut.length + chunk.length)
  bytes.set(cut)
  bytes.set(chunk, cut.length)
  return bytes
}
