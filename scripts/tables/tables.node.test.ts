import { expect, test } from 'vitest'
import { makeDocuments } from './documents.ts'
import { optionDocs } from './option-docs.ts'
import { quantity } from './quantity.ts'
import { markdownTable, rewritten } from './regions.ts'
import { stillRight } from './still-right.ts'

test('the tables of the documents are what the scripts make', async () => {
  const stale = (await makeDocuments()).filter(({ current, next }) => current !== next)
  expect(
    stale.map(({ path }) => path),
    'run `pnpm tables`',
  ).toEqual([])
})

test('rewritten() changes what stands between the marks, and nothing else', () => {
  const document = 'a\n<!-- table: x -->\nold\n<!-- /table -->\nb\n'
  expect(rewritten(document, { x: (current) => `not ${current}` })).toBe(
    'a\n<!-- table: x -->\n\nnot old\n\n<!-- /table -->\nb\n',
  )
})

test('rewritten() refuses a table that no script makes', () => {
  expect(() => rewritten('<!-- table: y -->\n<!-- /table -->', {})).toThrow('y')
})

test('markdownTable() pads its columns and escapes bars', () => {
  expect(markdownTable(['a', 'long head'], [['x|y', '1']])).toBe(
    ['| a    | long head |', '| ---- | --------- |', String.raw`| x\|y | 1         |`].join('\n'),
  )
})

test.each([
  ['kept', 1.76, '1.9'],
  ['kept', 2.04, '1.9'],
  ['kept', 2.06, '2.1'],
  ['new', 1.76, '1.8'],
])('stillRight() leaves the figure of the row %s where %d is near it', (row, kilobytes, figure) => {
  expect(stillRight('| row | kB |\n| --- | --- |\n| kept | 1.9 |', row, 1, kilobytes)).toBe(figure)
})

test('optionDocs() reads members and comments, without the sentence on the default', () => {
  const source = [
    'export interface Sample {',
    '  /** Growth from failure to failure. Default 1.6. */',
    '  readonly factor?: number',
    '  /**',
    '   * Two',
    '   * lines. Default 1000 (EventSource: 3000).',
    '   */',
    '  readonly delay?: number',
    '}',
  ].join('\n')
  expect(optionDocs(source, 'Sample')).toEqual([
    { name: 'factor', text: 'Growth from failure to failure.' },
    { name: 'delay', text: 'Two lines.' },
  ])
})

test.each([
  [1000, 'ms', '1 s'],
  [120_000, 'ms', '2 min'],
  [500, 'ms', '500 ms'],
  [90_000, 'ms', '90 s'],
  [Number.POSITIVE_INFINITY, 'ms', 'none'],
  [16 * 1024 * 1024, 'bytes', '16 MiB'],
  [0.75, 'share', '0–75 %'],
  [1.6, 'times', '1.6'],
  [[429, 503], 'ms', '429, 503'],
  [[], 'ms', 'none'],
  [false, 'ms', 'false'],
] as const)('quantity(%j, %s) is %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text)
})
