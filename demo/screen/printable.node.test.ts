import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test.each([
  ['an escape sequence', 'a\u001B[2Jb', 'a[2Jb'],
  ['a title', '\u001B]0;mine\u0007', ']0;mine'],
  ['a control of eight bits', 'a\u009B31mb', 'a31mb'],
  ['a carriage return', 'done\rfailed', 'donefailed'],
  ['a line that is turned around', 'a\u202Eb', 'ab'],
])('printable() disarms %s', (_, text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('printable() keeps lines, tabs and emoji', () => {
  const text = 'one\n\ttwo 👩‍💻 水車'
  expect(printable(text)).toBe(text)
})
