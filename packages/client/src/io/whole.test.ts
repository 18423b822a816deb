import { expect, test } from 'vitest'
import { Whole } from './whole.ts'

test('Whole gives the text of all chunks, whatever they cut', () => {
  const bytes = new TextEncoder().encode('{"a":"水"}')
  const whole = new Whole()
  for (const byte of bytes) expect(whole.add(Uint8Array.of(byte), 100)).toBeNull()

  expect(whole.end()).toBe('{"a":"水"}')
})

test('Whole fails once it is larger than the limit, in bytes', () => {
  const whole = new Whole()
  const chunk = new TextEncoder().encode('水')

  expect(whole.add(chunk, 3)).toBeNull()
  expect(whole.add(chunk, 5)).toEqual({ code: 'too-large', limit: 'event', bytes: 5 })
})

test('Whole gives U+FFFD for a character that the end of the body cuts', () => {
  const whole = new Whole()
  whole.add(new TextEncoder().encode('水').subarray(0, 2), 100)

  expect(whole.end()).toBe('\uFFFD')
})
