import type { Observation } from '@millrace/client'
import { expect, test } from 'vitest'
import { advance, cutsSurvived, start } from './progress.ts'

type Seen = Observation extends infer One
  ? One extends unknown
    ? Omit<One, 'at' | 'attempt' | 'received'>
    : never
  : never

/** The phrases that a reader sees, one after the other. */
function phrases(...seen: Seen[]): string[] {
  let progress = start
  return seen.map((one) => {
    progress = advance(progress, { at: 0, attempt: 1, received: 0, ...one } as Observation)
    return progress.phrase
  })
}

test('advance() tells of an answer that was cut and went on', () => {
  expect(
    phrases(
      { type: 'attempt' },
      { type: 'open' },
      { type: 'id', id: '57' },
      { type: 'scheduled', delay: 1234 },
      { type: 'attempt' },
      { type: 'open' },
      { type: 'close', reason: 'complete' },
    ),
  ).toEqual(['connecting', 'open', 'open', 'waiting 1.2 s', 'connecting', 'resumed at id 57', ''])
})

test('advance() says that an answer without IDs began again', () => {
  expect(phrases({ type: 'open' }, { type: 'scheduled', delay: 500 }, { type: 'open' }).at(-1)).toBe(
    'open again',
  )
})

test('cutsSurvived() counts what went on, not what never came up', () => {
  expect(cutsSurvived(start)).toBe(0)
  expect(cutsSurvived({ ...start, openings: 1 })).toBe(0)
  expect(cutsSurvived({ ...start, openings: 3 })).toBe(2)
})
