import { createParser, type EventSourceParser, type ParserConfig } from '@millrace/parser'
import { expect, test } from 'vitest'
import { randomFrom } from '../../../../test/support/random.ts'
import { gathering } from './gathering.ts'

const kib = 1024
const limit = 16 * kib * kib

type Config = ParserConfig & { readonly maxBufferSize: number }

/** What a parser made it of: each callback with its argument. */
function heardBy(create: (config: Config) => EventSourceParser, chunks: readonly Uint8Array[], max: number) {
  const heard: unknown[] = []
  const told: number[] = []
  const parser = create({
    maxBufferSize: max,
    onEvent: (event) => heard.push(event),
    onId: (id) => heard.push(id),
    onComment: (comment) => heard.push(comment),
    onError: ({ type, option }) => heard.push(type, option),
  })
  for (const chunk of chunks) {
    parser.feed(chunk)
    told.push(heard.length)
    // Whoever fed it uses its memory again.
    chunk.fill(0)
  }
  return { heard, told, pending: parser.pending, parser }
}

/** Lines of up to 3 MiB with every line end, now and then of characters that take more bytes. */
function someStream(random: () => number): Uint8Array {
  const lines = Array.from({ length: 6 }, () => {
    const field = ['data: ', 'data:', 'id: ', ': ', 'event: ', 'data'][Math.floor(random() * 6)]
    const long = random() < 0.5 && field?.startsWith('data:')
    const value = (random() < 0.8 ? 'x' : '水').repeat(random() * (long ? kib * kib : 40))
    const end = ['\n', '\r', '\r\n', '\n\n', '\r\n\r\n'][Math.floor(random() * 5)]
    return `${field}${value}${end}`
  })
  return new TextEncoder().encode(lines.join(''))
}

/** In chunks about as large as those that are gathered, mostly. */
function cut(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() * (random() < 0.1 ? 3000 : 100) * kib)
    chunks.push(bytes.slice(at, at + size))
    at += size
  }
  return chunks
}

test('a gathering parser tells what the parser alone tells, and no later, of 25 random streams with long lines', () => {
  for (let seed = 0; seed < 25; seed++) {
    const random = randomFrom(seed)
    const stream = someStream(random)
    const alone = heardBy(createParser, cut(stream, randomFrom(seed)), limit)
    const gathered = heardBy(gathering(createParser), cut(stream, randomFrom(seed)), limit)

    expect(gathered.heard, `seed ${seed}`).toEqual(alone.heard)
    expect(gathered.told, `seed ${seed}`).toEqual(alone.told)
    expect(gathered.pending, `seed ${seed}`).toBe(alone.pending)
  }
})

test.each(['\n\n', '\r\r', '\r\n\r\n'])('an event is told as soon as its chunk brings %j', (end) => {
  const event = new TextEncoder().encode(`data:${'x'.repeat(20 * kib)}${end}`)
  const { told } = heardBy(gathering(createParser), [event], limit)
  expect(told).toEqual([1])
})

/** One line, whose end is yet to come, in chunks of 64 KiB. */
const endless = (bytes: number) =>
  Array.from({ length: bytes / (64 * kib) }, (_, n) =>
    new TextEncoder().encode((n === 0 ? 'data:x' : '').padEnd(64 * kib, 'x')),
  )

test('a line that the end of the stream cuts is pending in full, and dropped by reset()', () => {
  const { parser, pending, heard } = heardBy(gathering(createParser), endless(320 * kib), limit)
  expect(pending).toBe(320 * kib)

  parser.reset()
  expect(parser.pending).toBe(0)
  parser.feed('data: next\n\n')
  expect(heard).toEqual([{ id: undefined, event: undefined, data: 'next' }])
})

test('reset({ consume: true }) reads a gathered line as if it had ended', () => {
  const comment = new TextEncoder().encode(`:${'x'.repeat(20 * kib)}`)
  const { parser, heard } = heardBy(gathering(createParser), [comment], limit)
  expect(heard).toEqual([])

  parser.reset({ consume: true })
  expect(heard).toEqual(['x'.repeat(20 * kib)])
})

test('a limit is told of at most a sixteenth of it late, and once', () => {
  const passed = ['max-buffer-size-exceeded', 'maxBufferSize']
  const max = 1024 * kib
  // The field's name is no part of the data.
  const within = max + max / 16
  const more = new TextEncoder().encode('x'.repeat(16 * kib))
  expect(heardBy(gathering(createParser), endless(within), max).heard).toEqual([])
  expect(heardBy(gathering(createParser), [...endless(within), more], max).heard).toEqual(passed)
})

test.each([
  ['a small limit is kept to the byte: nothing is gathered', 64 * kib],
  ['so is one of less than 16 chunks that would be', 16 * 16 * kib - 1],
])('%s', (_, max) => {
  const line = new TextEncoder().encode(`data:${'x'.repeat(max)}`)
  expect(heardBy(gathering(createParser), [line], max).heard).toEqual([
    'max-buffer-size-exceeded',
    'maxBufferSize',
  ])
})
