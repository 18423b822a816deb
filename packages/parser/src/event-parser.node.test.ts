import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { createParser } from './create-parser.ts'

setFlagsFromString('--expose-gc')

/** What is searched for while all of this is fed as one chunk of bytes, and how often. */
function searches(text: string): Record<string, number> {
  const chunk = new TextEncoder().encode(text)
  const { feed } = createParser({ onEvent: () => {} })
  const indexOf = vi.spyOn(String.prototype, 'indexOf')
  try {
    feed(chunk)
    const found: Record<string, number> = {}
    for (const [character] of indexOf.mock.calls) found[character] = (found[character] ?? 0) + 1
    return found
  } finally {
    indexOf.mockRestore()
  }
}

test('feed() searches once for the end of each line, and not for the LF behind data that ends a block', () => {
  expect(searches('data: x\n\n'.repeat(50))).toEqual({ '\n': 50, '\r': 1 })
  expect(searches('data: x\r\r'.repeat(50))).toEqual({ '\n': 1, '\r': 100 })
  expect(searches('data: x\r\n\r\n'.repeat(50))).toEqual({ '\n': 100, '\r': 100 })
  expect(searches('data: x\ndata: y\n\n'.repeat(50))).toEqual({ '\n': 100, '\r': 1 })
  expect(searches(`\r${'data: x\n\n'.repeat(50)}`)).toEqual({ '\n': 50, '\r': 2 })
})

test('feed() reads the names of ASCII bytes without a search, and skips comments that nobody reads', () => {
  const block = 'id: 1\nevent: e\ndata: x\n: note\n\n'
  expect(searches(block.repeat(50))).toEqual({ '\n': 250, '\r': 1 })
  expect(searches('retry: 5\nid\n'.repeat(50))).toEqual({ '\n': 100, '\r': 1, ':': 100 })
})

test('feed() counts no bytes of what is far from a limit', () => {
  const { feed } = createParser({ onEvent: () => {} })
  const encode = vi.spyOn(TextEncoder.prototype, 'encode')
  for (let i = 0; i < 50; i++) feed('id: 1\nevent: 水\ndata: x\ndata: 水\nda')
  expect(encode).not.toHaveBeenCalled()
  encode.mockRestore()
})

const collect: unknown = runInNewContext('gc')

test.each([
  ['an unfinished line in single characters', 'x', 2 ** 18],
  ['lines of one character', 'data:x\n'.repeat(2 ** 13), 2 ** 4],
  ['lines of nothing', 'data\n'.repeat(2 ** 13), 2 ** 5],
])('what is held of an event takes no more memory than some times its size: %s', (_, text, times) => {
  if (typeof collect !== 'function') throw new TypeError('There is no gc to call')
  const chunk = new TextEncoder().encode(text)
  const parser = createParser({ onEvent: () => {}, maxBufferSize: 2 ** 19 })
  parser.feed('data: ')
  collect()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < times; n++) parser.feed(chunk)
  collect()
  const held = process.memoryUsage().heapUsed - before
  expect(parser.pending).toBeGreaterThanOrEqual(2 ** 18)
  expect(held / parser.pending).toBeLessThan(8)
})

test('a kept event keeps its whole chunk in memory, unless detach is set', () => {
  if (typeof collect !== 'function') throw new TypeError('There is no gc to call')
  const chunk = `data: ${'x'.repeat(100_000)}\n\ndata: ${'y'.repeat(100)}\n\n`
  const growth = (detach: boolean): number => {
    const kept: string[] = []
    const { feed } = createParser({ detach, onEvent: ({ data }) => data.startsWith('y') && kept.push(data) })
    collect()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 200; i++) feed(new TextEncoder().encode(chunk))
    collect()
    const after = process.memoryUsage().heapUsed
    expect(kept).toHaveLength(200)
    return after - before
  }
  expect(growth(true)).toBeLessThan(2_000_000)
  expect(growth(false)).toBeGreaterThan(10_000_000)
})

test('feed() counts a block that is nearly too large once, whatever comes behind it without a change of its data', () => {
  const most = 100_000
  const { feed } = createParser({ maxBufferSize: most, maxUnknownSize: 100, onComment: () => {} })
  feed(`data: ${'x'.repeat(most - 8)}\n`)
  const encode = vi.spyOn(TextEncoder.prototype, 'encode')
  for (let i = 0; i < 50; i++) {
    for (const piece of [': note', '\n', 'id: 1', '23\n', 'unknown', '\n', 'event: 水\n']) feed(piece)
  }
  const counted = encode.mock.calls.reduce((all, [text = '']) => all + text.length, 0)
  encode.mockRestore()
  expect(counted).toBeLessThan(2 * most)
})
