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

test('feed() keeps nothing of an unfinished line that is no field unless it is told to', () => {
  const parser = createParser({ onEvent: () => {}, onError: () => {} })
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
  // 12, and while the line goes on, its name.
  const parser = createParser({
    maxBufferSize: 17,
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

test('feed() of bytes gives an event its name once: the next of the chunk has none of its own', () => {
  const events: unknown[] = []
  const { feed } = createParser({ onEvent: (event) => events.push(event) })
  feed(new TextEncoder().encode('event: a\ndata: 1\n\ndata: 2\n\nevent:\ndata: 3\n\n'))
  expect(events).toEqual([
    { id: undefined, event: 'a', data: '1' },
    { id: undefined, event: undefined, data: '2' },
    { id: undefined, event: undefined, data: '3' },
  ])
})

test('feed() ends a block at an LF behind CRLF, and takes the LF of a CRLF for no blank line', () => {
  const data: string[] = []
  const { feed } = createParser({ onEvent: (event) => data.push(event.data) })
  feed(new TextEncoder().encode('data: a\r\n\ndata: b\r\ndata: c\r\n\r\n'))
  expect(data).toEqual(['a', 'b\nc'])
})

test('feed() holds to maxBufferSize whatever came and went before', () => {
  const errors: string[] = []
  const parser = createParser({ maxBufferSize: 20, onError: ({ type }) => void errors.push(type) })
  for (let i = 0; i < 50; i++) parser.feed('data: 1234\n\n')
  parser.reset()
  parser.feed('data: 12345678901234567890\n')
  expect(errors).toEqual([])
  expect(() => parser.feed('data: 1\n')).not.toThrow()
  expect(errors).toEqual(['max-buffer-size-exceeded'])
})

test('feed() of text drops a byte order mark where the stream opens, and keeps what looks like one behind that', () => {
  const data: string[] = []
  const { feed } = createParser({ onEvent: (event) => data.push(event.data) })
  feed('data: a\xEF\xBB\xBFb\n\n')
  expect(data).toEqual(['a\xEF\xBB\xBFb'])
})

test('feed() holds the end of a cut data line to maxBufferSize, without the name of the field', () => {
  const outcome = (end: string): unknown[] => {
    const seen: unknown[] = []
    const parser = createParser({
      maxBufferSize: 20,
      onEvent: ({ data }) => seen.push(data),
      onError: ({ option }) => seen.push(option),
    })
    parser.feed('data: 12345')
    parser.feed(`${end}\n\n`)
    return seen
  }
  expect(outcome('678901234567890')).toEqual(['12345678901234567890'])
  expect(outcome('6789012345678901')).toEqual(['maxBufferSize'])
})
