import { expect, test } from 'vitest'
import { clip, widthOf } from './width.ts'
import { wrap } from './wrap.ts'

test('wrap() takes a word that does not fit to the next line, without the space before it', () => {
  expect(wrap(' wheel', 7, 10)).toEqual({ text: '\nwheel', column: 5 })
})

test('wrap() fills a line to its last column', () => {
  expect(wrap(' mill', 5, 10)).toEqual({ text: ' mill', column: 10 })
})

test('wrap() starts a line without the space that would open it', () => {
  expect(wrap(' x', 10, 10)).toEqual({ text: '\nx', column: 1 })
})

test('wrap() keeps line breaks of the text', () => {
  expect(wrap('.\n\nThe', 4, 10)).toEqual({ text: '.\n\nThe', column: 3 })
})

test('wrap() breaks a word that is longer than a line', () => {
  expect(wrap('abcdefgh', 0, 3)).toEqual({ text: 'abc\ndef\ngh', column: 2 })
})

test('wrap() counts wide characters as two columns', () => {
  expect(wrap('水車小屋', 0, 6)).toEqual({ text: '水車小\n屋', column: 2 })
})

test.each([
  ['mill', 4],
  ['水車', 4],
  ['🌊', 2],
  ['👩‍👩‍👧', 2],
  ['é', 1],
  ['e\u0301', 1],
  ['—', 1],
])('widthOf(%s) is %i', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test.each([
  ['a text that fits', 'mill', 4, 'mill'],
  ['a longer text, with a sign for the rest', 'millrace', 5, 'mill…'],
  ['wide characters by their width', '水車小屋', 5, '水車…'],
])('clip() keeps %s', (_, text, columns, shown) => {
  expect(clip(text, columns)).toBe(shown)
})
