import { describe, expect, test } from 'vitest'
import { createParser } from './create-parser.ts'
import { endOfWhole } from './utf8.ts'

const utf8 = new TextEncoder()
const data = utf8.encode('data:')
const end = utf8.encode('\n\n')

/** The data of one event whose bytes come in these chunks. */
function decoded(chunks: Iterable<Uint8Array>): string {
  const events: string[] = []
  const { feed } = createParser({ onEvent: (event) => events.push(event.data) })
  for (const chunk of [data, ...chunks, end]) feed(chunk)
  return events.join('|')
}

describe('feed() of bytes', () => {
  test.each(['é', '水', 'ࠀ', '🏞', '𐀀', 'a水🏞é🌾', 'a\uFEFF', 'a\0é\0'])(
    'reads %j whole wherever chunks cut it',
    (text) => {
      const bytes = utf8.encode(text)
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          const chunks = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)]
          expect(decoded(chunks)).toBe(text)
        }
      }
    },
  )

  test('drops one byte order mark that opens the stream, wherever chunks cut it', () => {
    const bytes = utf8.encode('\uFEFF\uFEFFa')
    for (let at = 0; at <= bytes.length; at++) {
      const lines: (string | undefined)[] = []
      const { feed } = createParser({ maxUnknownSize: 9, onError: ({ line }) => lines.push(line) })
      for (const chunk of [bytes.slice(0, at), bytes.slice(at), end]) feed(chunk)
      expect(lines).toEqual(['\uFEFFa'])
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
      [0x41, 0xf0, 0x9f],
    ].map((list) => Uint8Array.from(list))) {
      const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      for (let at = 0; at <= bytes.length; at++) {
        expect(decoded([bytes.slice(0, at), bytes.slice(at)])).toBe(whole)
      }
      expect(decoded(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe(whole)
    }
  })

  test('reads nothing of an empty chunk, and waits on', () => {
    expect(decoded([Uint8Array.of(0xe6, 0xb0), new Uint8Array(), Uint8Array.of(0xb4)])).toBe('水')
  })

  test('does not keep to the memory of a chunk, which is its owner’s to use again', () => {
    const chunk = utf8.encode('水').slice(0, 2)
    const after = utf8.encode('水').slice(2)
    const events: string[] = []
    const { feed } = createParser({ onEvent: (event) => events.push(event.data) })
    feed(data)
    feed(chunk)
    chunk.fill(0)
    feed(after)
    feed(end)
    expect(events).toEqual(['水'])
  })

  test('gives up a cut character as U+FFFD where text follows', () => {
    const events: string[] = []
    const { feed } = createParser({ onEvent: (event) => events.push(event.data) })
    for (const chunk of [data, Uint8Array.of(0x61, 0xf0, 0x9f), 'b\n\n', 'data:c\n\n']) feed(chunk)
    expect(events).toEqual(['a\uFFFDb', 'c'])
  })
})

describe('reset()', () => {
  test('forgets a cut character: what comes next starts anew', () => {
    const events: string[] = []
    const { feed, reset } = createParser({ onEvent: (event) => events.push(event.data) })
    feed(Uint8Array.of(0xe6))
    reset()
    for (const chunk of [data, Uint8Array.of(0xb0, 0x61), end]) feed(chunk)
    expect(events).toEqual(['\uFFFDa'])
  })
})

test.each([
  ['', 0],
  ['a', 1],
  ['aé', 3],
  ['水', 3],
  ['a🏞', 5],
])('endOfWhole() of %j is its end, and short of that the start of its last character', (text, length) => {
  const bytes = utf8.encode(text)
  expect(endOfWhole(bytes)).toBe(length)
  const last = utf8.encode([...text].at(-1) ?? '').length
  for (let cut = 1; cut < last; cut++) expect(endOfWhole(bytes.slice(0, -cut))).toBe(length - last)
})
