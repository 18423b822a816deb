import { expect, test } from 'vitest'
import { createParser } from './create-parser.ts'

function linesReported(chunks: readonly string[]): string[] {
  const lines: string[] = []
  const parser = createParser({
    maxUnknownSize: 16_384,
    onError: ({ type, line }) => void lines.push(`${type} ${line}`),
  })
  for (const chunk of chunks) parser.feed(chunk)
  parser.reset({ consume: true })
  return lines
}

test('feed() reports a line of up to maxUnknownSize that is no field as a whole, wherever chunks cut it', () => {
  const text = 'data: a\n\n{\n  "error": {"code": 503}\n}'
  const whole = ['unknown-field {', 'unknown-field   "error": {"code": 503}', 'unknown-field }']

  expect(linesReported([text])).toEqual(whole)
  expect(linesReported([...text])).toEqual(whole)
})

test('feed() keeps maxUnknownSize characters of an unfinished line that is no field, and then none', () => {
  const piece = 'x'.repeat(8192)
  let reported = 0
  const parser = createParser({ maxUnknownSize: 16_384, onError: () => void (reported += 1) })
  parser.feed(piece)
  parser.feed(piece)
  expect(parser.pending).toBe(16_384)
  parser.feed(piece)
  expect(parser.pending).toBe(0)
  parser.feed('\ndata: a\n\n')

  expect(reported).toBe(0)
})

test('feed() keeps nothing of an unfinished line that is no field when nobody hears of it', () => {
  const parser = createParser({ maxUnknownSize: 16_384, onEvent: () => {} })
  parser.feed('{"error": 1')

  expect(parser.pending).toBe(0)
})

test('feed() ends a line at a CR and drops an LF that opens the next text, with empty texts in between', () => {
  const data: string[] = []
  const { feed } = createParser({ onEvent: (event) => data.push(event.data) })
  for (const text of ['data: a\r', '', '\n', 'data: b\r\n', '\r', '', '\n', 'data: c\n\n']) feed(text)
  expect(data).toEqual(['a\nb', 'c'])
})

test('reset({ consume: true }) tells nothing where nothing was unfinished, and of a lone cut character', () => {
  const told: unknown[] = []
  const { feed, reset } = createParser({
    onComment: (comment) => told.push(comment),
    onError: ({ line }) => told.push(line),
  })
  feed('data: a\n')
  reset({ consume: true })
  expect(told).toEqual([])
  feed(Uint8Array.of(0xe6, 0xb0))
  reset({ consume: true })
  expect(told).toEqual(['\uFFFD'])
})

test('reset({ consume: true }) ends a line, never a block', () => {
  const events: string[] = []
  const { feed, reset } = createParser({ onEvent: ({ data }) => events.push(data) })
  for (const text of ['data: a\n', 'data: a']) {
    feed(text)
    reset({ consume: true })
  }
  feed('data: b\n\n')
  expect(events).toEqual(['b'])
})

test('feed() takes the value of a data line to the data piece by piece, to the limit and not beyond it', () => {
  const seen: unknown[] = []
  const parser = createParser({
    maxBufferSize: 12,
    onEvent: ({ data }) => seen.push(data),
    onError: ({ option }) => seen.push(option),
  })
  for (const piece of ['data: 水', '水', '水水', '\n', '\n']) parser.feed(piece)
  for (const piece of ['data:', ' ', ' a', 'b\nda', 'ta: c', '', '\r', '\n\r\n']) parser.feed(piece)
  expect(seen).toEqual(['水水水水', ' ab\nc'])
  parser.feed('data: 水水水水')
  expect(() => ['w', '水'].forEach((piece) => parser.feed(piece))).toThrow('Exceeded max buffer size')
  expect(seen.slice(2)).toEqual(['maxBufferSize'])
})
