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

/**
 * Bytes of one stream to text, without the byte order mark. A character that a chunk's end cuts waits for its other
 * bytes.
 *
 * A class to extend, not an object to call: what lies between two objects is a tenth of a small chunk's time (W1 at one
 * event a chunk).
 */
export abstract class Decoder {
  #decoder = forAscii
  /** The bytes so far of the character that the last chunk cut. */
  #cut: Uint8Array | undefined
  /** Text that may be a part of a byte order mark; undefined once the stream's first character is known. */
  #opening: string | undefined = ''

  /** `ascii`: the bytes too, if the text is ASCII, with each character the byte at the same index. */
  abstract read(text: string, ascii?: Uint8Array): void

  decode(chunk: Uint8Array): void {
    const bytes = this.#cut ? joined(this.#cut, chunk) : chunk
    const end = endOfWhole(bytes)
    // A copy: the chunk's memory is its owner's, who may use it again.
    this.#cut = end < bytes.length ? bytes.slice(end) : undefined
    // `subarray()` would give the same, in more time (W10 in chunks of 61 bytes).
    const whole = this.#cut ? new Uint8Array(bytes.buffer, bytes.byteOffset, end) : bytes
    const text = this.#decoder.decode(whole)
    // Only one byte for each character leaves the length as it is; an ill-formed byte (U+FFFD) does so too.
    const ascii = text.length === end
    this.#decoder = ascii ? forAscii : forOthers
    // Each stream opens once: were that in `read()`, V8 would compile its loop anew for the second stream.
    if (this.#opening === undefined) this.read(text, ascii ? whole : undefined)
    else this.open(text, ascii ? whole : undefined)
  }

  /**
   * Reads what may open the stream: all that came as text (`raw`), and bytes until their first character is known.
   *
   * [spec] Exactly one leading U+FEFF BYTE ORDER MARK is dropped. Text may also have it as the three characters that a
   * "binary string" makes of its bytes.
   */
  open(text: string, ascii?: Uint8Array, raw?: boolean): void {
    if (this.#opening === undefined) return this.read(text)
    const first = this.#opening + text
    this.#opening = '\xEF\xBB'.startsWith(first) ? first : undefined
    if (this.#opening !== undefined) return
    const unmarked = first.replace(raw ? /^(\uFEFF|\xEF\xBB\xBF)/ : /^\uFEFF/, '')
    this.read(unmarked, unmarked === text ? ascii : undefined)
  }

  /** What comes next opens a stream. */
  startOver(): void {
    this.#opening = ''
  }

  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  flush(): string {
    const cut = this.#cut
    this.#cut = undefined
    return cut ? forAscii.decode(cut) : ''
  }
}

/** Where the character begins that the end cuts, else the end. To split in front of a lead byte is always safe. */
function endOfWhole(bytes: Uint8Array): number {
  let at = bytes.length - 1
  // Behind the lead byte of a character all are 0b10xxxxxx.
  while ((bytes[at] ?? 0) >> 6 === 2) at--
  // A lead byte begins with as many ones as its character has bytes. One with more than four is ill-formed; what is
  // held for it becomes U+FFFD a chunk later.
  const size = Math.clz32(~(bytes[at] ?? 0) << 24)
  return at + size > bytes.length ? at : bytes.length
}

function joined(cut: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(cut.length + chunk.length)
  bytes.set(cut)
  bytes.set(chunk, cut.length)
  return bytes
}
