import { expect, test } from 'vitest'
import { isFull, withoutExamples } from './full.ts'

test('isFull() is true in CI, and where it is asked for by option or variable', () => {
  expect(isFull([], {})).toBe(false)
  expect(isFull(['--full'], {})).toBe(true)
  expect(isFull([], { CI: 'true' })).toBe(true)
  expect(isFull([], { MILLRACE_FULL: '1' })).toBe(true)
})

test('withoutExamples() keeps the example apps for a full run and for who names a project', () => {
  expect(withoutExamples(['packages/parser'], false)).toEqual(['packages/parser', '--project=!examples'])
  expect(withoutExamples(['--project', 'examples'], false)).toEqual(['--project', 'examples'])
  expect(withoutExamples(['--full'], true)).toEqual([])
})
