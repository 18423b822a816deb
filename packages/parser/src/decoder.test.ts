import { describe, expect, test } from 'vitest'
import { Decoder } from './decoder.ts'

const utf8 = new TextEncoder()

interface Decoded {
  text: string
  /** Which texts came with bytes, and those bytes. */
  ascii: [text: string, bytes: number[]][]
}

type Read = Decoder['read']

/** A decoder whose text goes to a function. */
class Decoding extends Decoder {
  override readonly read: Read
  constructor(read: Read) {
    super()
    this.read = read
  }
}

function decoded(chunks: Iterable<Uint8Array>): Decoded & { flushed: string } {
  const result: Decoded = { text: '', ascii: [] }
  const decoder = new Decoding((text, ascii) => {
    result.text += text
    if (ascii) result.ascii.push([text, [...ascii]])
  })
  for (const chunk of chunks) decoder.decode(chunk)
  return { ...result, flushed: decoder.flush() }
}

describe('decode()', () => {
  test.each(['é', '水', 'ࠀ', '🏞', '𐀀', 'a水🏞é🌾', 'a\uFEFF', 'a\0é\0'])(
    'gives %j whole wherever chunks cut it',
    (text) => {
      const bytes = utf8.encode(text)
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          const chunks = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)]
          expect(decoded(chunks)).toMatchObject({ text, flushed: '' })
        }
      }
    },
  )

  test('drops one byte order mark that opens the stream, wherever chunks cut it', () => {
    const bytes = utf8.encode('\uFEFF\uFEFFa')
    for (let at = 0; at <= bytes.length; at++) {
      expect(decoded([bytes.slice(0, at), bytes.slice(at)]).text).toBe('\uFEFFa')
    }
  })

  test('makes U+FFFD of ill-formed bytes as one decoder of the whole would, wherever chunks cut them', () => {
    for (const bytes of [
      [0xe2, 0x82, 0x41],
      [0xe0, 0x80, 0x80],
      [0xf0, 0x9f, 0xe6, 0xb0, 0xb4],
      [0x41, 0x80, 0xbf, 0xbf, 0xbf, 0xbf],
      [0xf8, 0x88, 0x80, 0x80, 0x80, 0x41],
      [0xc3, 0xc3, 0xa9],
      [0xf0, 0x9f, 0x8f, 0x00, 0x41],
      [0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xff],
    ].map((list) => Uint8Array.from(list))) {
      const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      for (let at = 0; at <= bytes.length; at++) {
        const { text, flushed } = decoded([bytes.slice(0, at), bytes.slice(at)])
        expect(text + flushed).toBe(whole)
      }
      const { text, flushed } = decoded(Array.from(bytes, (byte) => Uint8Array.of(byte)))
      expect(text + flushed).toBe(whole)
    }
  })

  test('gives the bytes too where each character is one byte, and only there', () => {
    const { ascii } = decoded(
      ['data', 'é', 'a\0\n', '水a'].map((text) => utf8.encode(text)).concat(Uint8Array.of(0x41, 0x80, 0x42)),
    )
    expect(ascii.slice(0, 2)).toEqual([
      ['data', [100, 97, 116, 97]],
      ['a\0\n', [97, 0, 10]],
    ])
    // An ill-formed byte is one character as well.
    expect(ascii.slice(2)).toEqual([['A\uFFFDB', [0x41, 0x80, 0x42]]])
  })

  test('gives the chunk itself where it is whole, not another view of it', () => {
    const chunk = utf8.encode('data: a')
    const seen: unknown[] = []
    new Decoding((_text, ascii) => void seen.push(ascii)).decode(chunk)
    expect(seen[0]).toBe(chunk)
  })

  test('reads once for each chunk: what completes a character and what follows it are one text', () => {
    const texts: string[] = []
    const decoder = new Decoding((text) => void texts.push(text))
    for (const chunk of [[0xc3], [0xa9, 0x61, 0xe6], [0xb0, 0xb4, 0x62]])
      decoder.decode(Uint8Array.from(chunk))
    expect(texts).toEqual(['éa', '水b'])
  })

  test('reads nothing of an empty chunk, and waits on', () => {
    const { text } = decoded([Uint8Array.of(0xe6, 0xb0), new Uint8Array(), Uint8Array.of(0xb4)])
    expect(text).toBe('水')
  })
})

describe('flush()', () => {
  test('is U+FFFD for a cut character, once', () => {
    const decoder = new Decoding(() => {})
    decoder.decode(Uint8Array.of(0x61, 0xf0, 0x9f))
    expect([decoder.flush(), decoder.flush()]).toEqual(['\uFFFD', ''])
  })

  test('forgets the character: what comes next starts anew', () => {
    const texts: string[] = []
    const decoder = new Decoding((text) => void texts.push(text))
    decoder.decode(Uint8Array.of(0xe6))
    decoder.flush()
    decoder.decode(Uint8Array.of(0xb0, 0x61))
    expect(texts).toEqual(['\uFFFDa'])
  })
})
