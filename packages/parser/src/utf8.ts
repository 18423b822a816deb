/**
 * Node before 24 has two ways to decode. One is fast for ASCII. The other is fast for all else (W10), and is what a decoder
 * uses for good once it was asked to stream. In every other runtime the two decoders are alike.
 */
function decoder(options: TextDecoderOptions & TextDecodeOptions): TextDecoder {
  const utf8 = new TextDecoder(undefined, options)
  utf8.decode(undefined, options)
  return utf8
}

/** Without `stream`, decoding keeps no state: these decoders serve every parser. */
export const forAscii: TextDecoder = /* @__PURE__ */ decoder({ ignoreBOM: true })
export const forOthers: TextDecoder = /* @__PURE__ */ decoder({ ignoreBOM: true, stream: true })
/** Drops a byte order mark. */
export const forOpening: TextDecoder = /* @__PURE__ */ new TextDecoder()

/** The index at which a character begins that the end cuts, else the length. To split before a lead byte is always safe. */
export function endOfWhole(bytes: Uint8Array): number {
  let at = bytes.length - 1
  // After the lead byte of a character all its bytes are 0b10xxxxxx.
  while ((bytes[at] ?? 0) >> 6 === 2) at--
  // A lead byte begins with as many ones as its character has bytes. One with more than four is ill-formed: what is held
  // back for it becomes U+FFFD a chunk later.
  const size = Math.clz32(~(bytes[at] ?? 0) << 24)
  return at + size > bytes.length ? at : bytes.length
}

/** The bytes of a cut character in front of the chunk that goes on with it. */
export function joined(cut: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(cut.length + chunk.length)
  bytes.set(cut)
  bytes.set(chunk, cut.length)
  return bytes
}
