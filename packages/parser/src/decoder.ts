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

export interface TextReader {
  /** `ascii`: the bytes too, if the text is ASCII, with each character the byte at the same index. */
  read: (text: string, ascii?: Uint8Array) => void
}

/** Bytes of one stream to text. A character that a chunk's end cuts waits for its other bytes. */
export class Decoder {
  readonly #reader: TextReader
  #decoder = forAscii
  /** The character that the last chunk cut, with zeros for the bytes that have not come. */
  #cut: Uint8Array | undefined
  #come = 0
  #missing = 0

  constructor(reader: TextReader) {
    this.#reader = reader
  }

  decode(bytes: Uint8Array): void {
    const { length } = bytes
    let start = 0
    if (this.#cut && this.#come > 0) {
      for (; this.#missing > 0 && isContinuation(bytes[start]); this.#missing--) {
        this.#cut[this.#come++] = bytes[start++] ?? 0
      }
      if (this.#missing === 0 || start < length) this.#reader.read(this.flush())
    }
    const end = length - this.#hold(bytes)
    if (start < end) this.#readWhole(end - start < length ? bytes.subarray(start, end) : bytes)
  }

  /** Gives up the cut character: U+FFFD, or nothing when none was cut. */
  flush(): string {
    if (this.#come === 0) return ''
    const zeros = 4 - this.#come
    this.#come = 0
    const text = forAscii.decode(this.#cut)
    return text.slice(0, text.length - zeros)
  }

  #readWhole(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes)
    // Only one byte for each character leaves the length as it is; an ill-formed byte (U+FFFD) does so too.
    const ascii = text.length === bytes.length
    this.#decoder = ascii ? forAscii : forOthers
    this.#reader.read(text, ascii ? bytes : undefined)
  }

  /** Keeps the bytes at the end that are not a whole character, and tells how many they are. */
  #hold(bytes: Uint8Array): number {
    let come = 1
    while (isContinuation(bytes[bytes.length - come])) come++
    const lead = bytes[bytes.length - come] ?? 0
    const size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    // Splitting in front of a lead byte is always safe, also where the sequence turns out to be ill-formed.
    if (come >= size) return 0
    // A copy: the chunk's memory is its owner's, who may use it again.
    this.#cut ??= new Uint8Array(4)
    for (let i = 0; i < 4; i++) this.#cut[i] = bytes[bytes.length - come + i] ?? 0
    this.#come = come
    this.#missing = size - come
    return come
  }
}

function isContinuation(byte = 0): boolean {
  return (byte & 0xc0) === 0x80
}
