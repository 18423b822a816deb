const utf8 = (): TextDecoder => new TextDecoder('utf-8', { ignoreBOM: true })

/** Without `stream`, decoding keeps no state: one decoder serves every parser. */
const forAscii: TextDecoder = /* @__PURE__ */ utf8()

/**
 * Node before 24 has two ways to decode: one is fast for ASCII, the other, which a decoder takes for ever once it was
 * asked to stream, for all else (W10). To every other runtime the two decoders are the same.
 */
const forOthers: TextDecoder = /* @__PURE__ */ onceStreamed()

function onceStreamed(): TextDecoder {
  const decoder = utf8()
  decoder.decode(undefined, { stream: true })
  return decoder
}

const noBytes: Uint8Array = /* @__PURE__ */ new Uint8Array(0)

export interface Decoder {
  decode: (bytes: Uint8Array) => void
  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  flush: () => string
}

/**
 * Bytes of one stream to text. A character that a chunk's end cuts waits for its other bytes.
 *
 * `read` gets the bytes too if the text is ASCII, with each character the byte at the same index.
 */
export function createDecoder(read: (text: string, ascii?: Uint8Array) => void): Decoder {
  let decoder = forAscii
  /** The character that the last chunk cut, with zeros for the bytes that have not come. */
  let cut = noBytes
  let come = 0
  let missing = 0

  function decode(bytes: Uint8Array): void {
    const { length } = bytes
    let start = 0
    for (; missing > 0 && isContinuation(bytes[start]); missing--) cut[come++] = bytes[start++] ?? 0
    if (come > 0 && (missing === 0 || start < length)) read(flush())
    let end = length - 1
    while (isContinuation(bytes[end])) end--
    const lead = bytes[end] ?? 0
    const size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    // Splitting in front of a lead byte is always safe, also where the sequence turns out to be ill-formed.
    if (end + size > length) {
      come = length - end
      missing = size - come
      // Made at the first cut: most streams have none, and thousands of parsers may wait.
      if (cut === noBytes) cut = new Uint8Array(4)
      for (let i = 0; i < 4; i++) cut[i] = bytes[end + i] ?? 0
    } else end = length
    if (start === end) return
    const whole = end - start < length ? bytes.subarray(start, end) : bytes
    const text = decoder.decode(whole)
    // Only one byte for each character leaves the length as it is; an ill-formed byte (U+FFFD) does so too.
    const ascii = text.length === whole.length
    decoder = ascii ? forAscii : forOthers
    read(text, ascii ? whole : undefined)
  }

  function flush(): string {
    if (come === 0) return ''
    const text = forAscii.decode(cut)
    const zeros = cut.length - come
    come = missing = 0
    return text.slice(0, text.length - zeros)
  }

  return { decode, flush }
}

function isContinuation(byte = 0): boolean {
  return (byte & 0xc0) === 0x80
}
