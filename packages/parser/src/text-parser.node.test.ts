import { expect, test, vi } from 'vitest'
import { createParser } from './create-parser.ts'

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

test('feed() searches once for the end of each line, and not for the blank line of an event of one line', () => {
  expect(searches('data: x\n\n'.repeat(50))).toEqual({ '\n': 50, '\r': 1 })
  expect(searches('data: x\r\r'.repeat(50))).toEqual({ '\n': 1, '\r': 50 })
  expect(searches('data: x\r\n\r\n'.repeat(50))).toEqual({ '\n': 50, '\r': 50 })
  expect(searches('data: x\ndata: y\n\n'.repeat(50))).toEqual({ '\n': 150, '\r': 1 })
  expect(searches(`\r${'data: x\n\n'.repeat(50)}`)).toEqual({ '\n': 50, '\r': 2 })
})

test('feed() reads the names of ASCII bytes without a search, and skips comments that nobody reads', () => {
  const block = 'id: 1\nevent: e\ndata: x\n: note\n\n'
  expect(searches(block.repeat(50))).toEqual({ '\n': 250, '\r': 1 })
  expect(searches('retry: 5\nid\n'.repeat(50))).toEqual({ '\n': 100, '\r': 1, ':': 100 })
})
