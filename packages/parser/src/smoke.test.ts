import { expect, test } from 'vitest'
import { placeholder } from '@millrace/parser'
test('x', () => {
  expect(placeholder).toBe(1)
})
