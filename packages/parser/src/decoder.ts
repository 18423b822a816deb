/** Without `stream`, decoding keeps no state: one decoder serves every parser. */
const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Node before 24 decodes text that is not ASCII half as fast without `stream` as with it (W10). All others,
 * and Node with ASCII, are up to four times as fast without.
 */
const streamOtherThanAscii: boolean = /* @__PURE__ */ isNodeBefore24()

function isNodeBefore24(): boolean {
  return parseInt(globalThis.process?.versions?.node ?? '24', 10) < 24
}

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
export function createDecoder(read: (text: string, ascii: Uint8Array | undefined) => void): Decoder {
  /** The first bytes, three at most, of a character that the last chunk cut. */
  let cut: Uint8Array | undefined
  /** Holds a cut character itself, while it is in use. */
  let stream: TextDecoder | undefined
  let streaming = false

  function decode(bytes: Uint8Array): void {
    const last = bytes[bytes.length - 1] ?? 0
    if (cut || streaming || last >= 0x80) return read(decodeCut(bytes, last), undefined)
    const text = utf8.decode(bytes)
    // Only one byte for each character leaves the length as it is; an ill-formed byte (U+FFFD) does so too.
    const ascii = text.length === bytes.length
    streaming = streamOtherThanAscii && !ascii
    read(text, ascii ? bytes : undefined)
  }

  function decodeCut(bytes: Uint8Array, last: number): string {
    if (streamOtherThanAscii) {
      stream ??= new TextDecoder('utf-8', { ignoreBOM: true })
      const text = stream.decode(bytes, { stream: true })
      streaming = last >= 0x80 || text.length !== bytes.length
      return text
    }
    const whole = cut ? concat(cut, bytes) : bytes
    const end = whole.length - cutBytes(whole)
    // A copy: the chunk's memory is its owner's, who may use it again.
    cut = end < whole.length ? whole.slice(end) : undefined
    return utf8.decode(whole.subarray(0, end))
  }

  function flush(): string {
    const text = utf8.decode(cut) + (stream?.decode() ?? '')
    cut = undefined
    streaming = false
    return text
  }

  return { decode, flush }
}

/** How many of the last bytes begin a character that is not complete: 0 to 3. */
function cutBytes(bytes: Uint8Array): number {
  const { length } = bytes
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) return 0
    // Splitting in front of a lead byte is always safe, also where the sequence turns out to be ill-formed.
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length)
  bytes.set(head)
  bytes.set(tail, head.length)
  return bytes
}
