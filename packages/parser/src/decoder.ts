/** Without `stream`, decoding keeps no state: one decoder serves every parser. */
const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Node before 24 decodes text that is not ASCII half as fast without `stream` as with it (W10). All others,
 * and Node with ASCII, are up to four times as fast without.
 */
const streamOtherThanAscii: boolean = /* @__PURE__ */ isNodeBefore24()

function isNodeBefore24(): boolean {
  const version = globalThis.process?.versions?.node
  return version !== undefined && parseInt(version, 10) < 24
}

/** Bytes of one stream to text. A character that a chunk's end cuts waits for its other bytes. */
export class Decoder {
  /** Whether the text decoded last is ASCII, with each character the byte at the same index. */
  ascii = false
  /** The first bytes, three at most, of a character that the last chunk cut. */
  #cut: Uint8Array | undefined
  /** Holds a cut character itself, while it is in use. */
  #stream: TextDecoder | undefined
  #streaming = false

  decode(bytes: Uint8Array): string {
    const last = bytes.length === 0 ? 0 : (bytes[bytes.length - 1] ?? 0)
    if (this.#cut !== undefined || this.#streaming || last >= 0x80) return this.#decodeCut(bytes, last)
    const text = utf8.decode(bytes)
    // Only one byte for each character leaves the length as it is; an ill-formed byte (U+FFFD) does so too.
    this.ascii = text.length === bytes.length
    this.#streaming = streamOtherThanAscii && !this.ascii
    return text
  }

  #decodeCut(bytes: Uint8Array, last: number): string {
    this.ascii = false
    if (streamOtherThanAscii) {
      this.#stream ??= new TextDecoder('utf-8', { ignoreBOM: true })
      const text = this.#stream.decode(bytes, { stream: true })
      this.#streaming = last >= 0x80 || text.length !== bytes.length
      return text
    }
    const whole = this.#cut ? concat(this.#cut, bytes) : bytes
    const end = whole.length - cutBytes(whole)
    // A copy: the chunk's memory is its owner's, who may use it again.
    this.#cut = end < whole.length ? whole.slice(end) : undefined
    return utf8.decode(whole.subarray(0, end))
  }

  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  flush(): string {
    const text = this.#cut ? utf8.decode(this.#cut) : (this.#stream?.decode() ?? '')
    this.#cut = undefined
    this.#streaming = false
    return text
  }
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
