import { expect, test } from 'vitest'
import { parserTable, type ParserRow } from './parser-table.ts'

const even = (median: number) => ({ median, low: median, high: median })
const row: ParserRow = {
  name: 'W1',
  baseline: 'rival',
  unit: 'ns',
  must: 1.25,
  contestants: [
    { contestant: 'rival', value: even(100), ratio: even(1) },
    { contestant: 'millrace', value: even(80), ratio: even(1.2) },
  ],
}

test('parserTable() tells of ours only, and what is missed', () => {
  const cells = (text: string) =>
    text
      .split('\n')[2]
      ?.split('|')
      .map((cell) => cell.trim())
  expect(cells(parserTable([row]))).toEqual([
    '',
    'W1',
    'millrace',
    '80 ns',
    'rival',
    '1.25 ×',
    '1.20 × (1.20–1.20), missed',
    '',
  ])
  expect(parserTable([{ ...row, must: 1.2 }])).not.toContain('missed')
  expect(parserTable([{ ...row, most: 79 }])).toContain('missed')
  expect(parserTable([{ ...row, most: 80 }])).not.toContain('missed')
})
