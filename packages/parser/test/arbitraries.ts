import * as fc from 'fast-check'

const utf8 = new TextEncoder()

/** Pieces that streams are made of, and those that break parsers. */
const pieces = [
  'data',
  'data:',
  'data: ',
  'event',
  'event: ',
  'event:x',
  'id',
  'id: ',
  'id:7',
  'retry: ',
  'retry:100',
  ':',
  ': note',
  ' ',
  'x',
  '{"a":1}',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\r\r',
  '\r\n\r\n',
  '\0',
  '\uFEFF',
  '\u2028',
  '\u0085',
  'é',
  '水',
  '🏞️',
  'Data: y',
  'data : y',
]

const bytesOf = (text: string): Uint8Array => utf8.encode(text)

/** Broken UTF-8: continuation bytes alone, cut sequences, overlong forms, surrogates, bytes that never occur. */
const brokenUtf8 = [
  [0x80],
  [0xbf, 0xbf],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f],
  [0xf0, 0x9f, 0x8f],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xfe],
  [0xff],
  [0xc0, 0xaf],
  [0xef, 0xbb],
  [0xef],
].map((bytes) => Uint8Array.from(bytes))

const piece = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...pieces).map(bytesOf) },
  { weight: 2, arbitrary: fc.constantFrom(...brokenUtf8) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map(bytesOf) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
)

/** Bytes that look enough like an event stream to reach every corner of a parser. */
export const streamBytes: fc.Arbitrary<Uint8Array> = fc
  .array(piece, { maxLength: 40 })
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])))

/** Where to cut a stream, as fractions of its length. */
export const cuts: fc.Arbitrary<number[]> = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  maxLength: 12,
})
