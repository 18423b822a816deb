import { expect, test } from 'vitest'
import { leavesOutExamples } from './example-apps.ts'

test('leavesOutExamples() keeps the example apps for CI and for who names a project', () => {
  expect(leavesOutExamples([], {})).toBe(true)
  expect(leavesOutExamples(['packages/parser'], {})).toBe(true)
  expect(leavesOutExamples([], { CI: 'true' })).toBe(false)
  expect(leavesOutExamples(['--project', 'examples'], {})).toBe(false)
})
