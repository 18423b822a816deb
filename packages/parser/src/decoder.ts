/** Decoding without `stream` keeps no state, so that one decoder serves every parser. */
const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes of one stream to text: a character cut by a chunk's end waits for its other bytes. */
export class Decoder {
  /** The first bytes, three at most, of a character that the last chunk cut. */
  #cut: Uint8Array | undefined

  decode(bytes: Uint8Array): string {
    const whole = this.#cut ? concat(this.#cut, bytes) : bytes
    const end = whole.length - cutBytes(whole)
    if (end === whole.length) {
      this.#cut = undefined
      return utf8.decode(whole)
    }
    // A copy: the chunk's memory belongs to the caller, who may reuse it.
    this.#cut = whole.slice(end)
    return utf8.decode(whole.subarray(0, end))
  }

  get pending(): number {
    return this.#cut ? this.#cut.length : 0
  }

  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  flush(): string {
    const text = this.#cut ? utf8.decode(this.#cut) : ''
    this.#cut = undefined
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
