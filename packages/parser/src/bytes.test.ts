import { expect, test } from 'vitest'
import { asBytes } from './bytes.ts'

test('asBytes() gives a Uint8Array itself, and of other views the same memory', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  expect(asBytes(bytes)).toBe(bytes)
  const view = asBytes(new DataView(bytes.buffer, 1))
  expect([...view]).toEqual([2, 3])
  expect(view.buffer).toBe(bytes.buffer)
})
