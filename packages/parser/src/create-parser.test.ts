import { expect, test } from 'vitest'
import { createParser } from '@millrace/parser'
import type { Chunk, ParserConfig } from '@millrace/parser'

const bytes = new TextEncoder().encode('data: 水\n\n')

function dataOf(chunks: Iterable<Chunk>, config: ParserConfig = {}): string[] {
  const data: string[] = []
  const parser = createParser({ onEvent: (event) => data.push(event.data), ...config })
  for (const chunk of chunks) parser.feed(chunk)
  return data
}

test('feed() takes every view of bytes, at its offset', () => {
  const even = new TextEncoder().encode('xdata: 水\n\nx')
  const { buffer } = even
  for (const chunk of [
    bytes,
    bytes.slice().buffer,
    new DataView(buffer, 1, even.length - 2),
    new Int8Array(buffer, 1, even.length - 2),
    new Uint8ClampedArray(buffer, 1, even.length - 2),
    new Uint8Array(buffer, 1, even.length - 2),
  ]) {
    expect(dataOf([chunk])).toEqual(['水'])
  }
})

test.each([undefined, null, 5, [100, 97], {}])('feed() refuses %j with a TypeError', (chunk: unknown) => {
  const parser = createParser({})
  expect(() => parser.feed(chunk as Chunk)).toThrow(TypeError)
})

test('feed() may be given bytes and text in turn; a character that text cuts off becomes U+FFFD', () => {
  expect(dataOf([bytes.subarray(0, 7), 'x\n\n', bytes])).toEqual(['\uFFFDx', '水'])
})

test('feed() does not keep the memory of a chunk whose character is cut', () => {
  const chunk = bytes.slice(0, 7)
  const data: string[] = []
  const parser = createParser({ onEvent: (event) => data.push(event.data) })
  parser.feed(chunk)
  chunk.fill(0)
  parser.feed(bytes.subarray(7))
  expect(data).toEqual(['水'])
})

test('pending counts the bytes of a block that no blank line has ended', () => {
  const parser = createParser({ onComment: () => {} })
  expect(parser.pending).toBe(0)
  parser.feed('data:')
  expect(parser.pending).toBe(5)
  parser.feed(' 水')
  expect(parser.pending).toBe(4)
  parser.feed('\n')
  expect(parser.pending).toBe(4)
  parser.feed('event: e\nid: 12\n')
  expect(parser.pending).toBe(7)
  parser.feed('\n')
  expect(parser.pending).toBe(0)
  parser.feed('data\n')
  expect(parser.pending).toBe(1)
  parser.reset()
  parser.feed(': note\nretry: 5\nunknown\n')
  expect(parser.pending).toBe(0)
})

test.each([1, 7, 1000])('detach gives the same strings, in chunks of %i characters', (size) => {
  const text =
    'id: an id of some length\nevent: a name of some length\ndata: and data\n\nid: 2\n\ndata: b\ndata:\n\n'
  const events = (detach: boolean): unknown[] => {
    const seen: unknown[] = []
    const parser = createParser({ detach, onEvent: (event) => seen.push(event), onId: (id) => seen.push(id) })
    for (let at = 0; at < text.length; at += size) parser.feed(text.slice(at, at + size))
    return seen
  }
  expect(events(true)).toStrictEqual(events(false))
  expect(events(true)).toHaveLength(4)
})

test('a callback that throws stops feed() and leaves the next block clean', () => {
  const data: string[] = []
  const parser = createParser({
    onEvent(event) {
      if (event.data === 'bad') throw new RangeError('of the app')
      data.push(`${event.id} ${event.event} ${event.data}`)
    },
  })
  for (const block of ['id: 1\nevent: e\ndata: bad\n\n', 'id: 1\nevent: e\ndata: bad', '\n\n']) {
    if (block.endsWith('\n\n')) expect(() => parser.feed(block)).toThrow('of the app')
    else parser.feed(block)
  }
  parser.feed('data: good\n\n')
  expect(data).toEqual(['undefined undefined good'])
})

test('feed() reads bytes after text that could have been the start of a byte order mark', () => {
  expect(dataOf(['\xEF', new TextEncoder().encode('data: a\n\ndata: b\n\n')])).toEqual(['b'])
})
