import { expect, test } from 'vitest'
import { createParser } from '@millrace/parser'
import type { ParserConfig } from '@millrace/parser'

// In Node alone: so many bytes were 4 % of all that Chromium's pages did. What a limit does is in limits.test.ts.
const most = 16 * 1024 * 1024

/** The length of an event with so much data, or the option that does not let it pass. */
function read(length: number, config: ParserConfig): number | string | undefined {
  let came: number | string | undefined
  const parser = createParser({
    onEvent: ({ data }) => (came = data.length),
    onError: ({ option }) => (came = option),
    ...config,
  })
  parser.feed(`data:${'x'.repeat(length)}\n\n`)
  return came
}

test('maxBufferSize is 16 MiB unless it is set', () => {
  expect(read(most, {})).toBe(most)
  expect(read(most + 1, {})).toBe('maxBufferSize')
})

test('maxBufferSize: Infinity lifts it', () => {
  expect(read(most + 1, { maxBufferSize: Infinity })).toBe(most + 1)
})
