import { expect, test } from 'vitest'
import { verdictOf } from './verdict.ts'

test.each([
  [2000, { goal: 2 }, 'ok'],
  [2001, { goal: 2 }, 'over its goal'],
  [2600, { goal: 2 }, 'over its goal'],
  [2601, { goal: 2 }, 'TOO LARGE'],
  [3000, { goal: 2, ceiling: 3 }, 'over its goal'],
  [3001, { goal: 2, ceiling: 3 }, 'TOO LARGE'],
  [2500, { goal: 2, ceiling: 2.1 }, 'over its goal'],
] as const)('verdictOf(%i bytes, %j) is %s', (bytes, goal, verdict) => {
  expect(verdictOf(bytes, goal)).toBe(verdict)
})
