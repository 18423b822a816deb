import { expect, test } from 'vitest'
import { verdictOf } from './verdict.ts'

test.each([
  [2000, 2, 'ok'],
  [2001, 2, 'over its goal'],
  [2600, 2, 'over its goal'],
  [2601, 2, 'TOO LARGE'],
] as const)('verdictOf(%i bytes, goal %i kB) is %s', (bytes, goal, verdict) => {
  expect(verdictOf(bytes, goal)).toBe(verdict)
})
