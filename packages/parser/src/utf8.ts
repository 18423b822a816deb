/** How bytes are decoded: 0 as ASCII, 1 as anything else, 2 as a stream's first ones, whose byte order mark is dropped. */
export type Decoding = 0 | 1 | 2

/**
 * Without `stream`, decoding keeps no state: one of each kind serves every parser. Made for the first bytes, not at import:
 * Jest's jsdom has no TextDecoder, and a React Native app may bring one along later.
 */
const decoders: TextDecoder[] = []

export function decode(bytes: Uint8Array, decoding: Decoding): string {
  return (decoders[decoding] ??= decoderFor(decoding)).decode(bytes)
}

/**
 * Node before 24 has two ways to decode. One is fast for ASCII. The other is fast for all else (W10), and is what a decoder
 * uses for good once it was asked to stream. In every other runtime the two decoders are alike.
 */
function decoderFor(decoding: Decoding): TextDecoder {
  const decoder = new TextDecoder(undefined, { ignoreBOM: decoding < 2 })
  decoder.decode(undefined, { stream: !!decoding })
  return decoder
}

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
