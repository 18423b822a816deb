/**
 * The parser against its rivals: `pnpm bench parser`, with `--rounds 9` and `--only W1` (any part of a row's name);
 * `--record` keeps the figures in docs/results, where rows that are not run keep their last result.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { barChart } from '../method/chart.ts'
import { compare } from '../method/compare.ts'
import { table } from '../../scripts/figures/table.ts'
import { root } from '../../scripts/root.ts'
import { suite } from './suite.ts'
import type { ComparisonResult, ContestantResult } from '../method/compare.ts'
import type { Row } from './suite.ts'

interface Recorded extends ComparisonResult, Pick<Row, 'unit' | 'must' | 'most'> {
  date: string
}

interface Results {
  command: string
  machine: string
  rows: Recorded[]
}

const folder = join(root, 'docs/results')
const file = join(folder, 'parser.json')

function recorded(): Recorded[] {
  try {
    const results: Results = JSON.parse(readFileSync(file, 'utf8'))
    return results.rows
  } catch {
    return []
  }
}

async function run(row: Row, rounds: number): Promise<Recorded> {
  const result = await compare(row, rounds)
  for (const { contestant, value, ratio } of result.contestants) {
    console.log(
      `${row.name}: ${contestant} ${value.median.toFixed(1)} ${row.unit}, ${ratio.median.toFixed(2)}`,
    )
  }
  const { unit, must, most } = row
  return { ...result, date: new Date().toISOString().slice(0, 10), unit, must, most }
}

/** What was asked, and whether it holds. */
function verdict({ unit, must, most }: Recorded, { contestant, value, ratio }: ContestantResult): string {
  if (!contestant.startsWith('millrace')) return ''
  if (most !== undefined) return `at most ${most} ${unit}: ${value.median <= most ? 'met' : 'missed'}`
  return must === undefined ? '' : `${must} ${ratio.median >= must ? 'met' : 'missed'}`
}

function report(rows: readonly Recorded[]): string {
  const cells = rows.flatMap((row) =>
    row.contestants.map((result) => [
      row.name,
      result.contestant,
      `${result.value.median.toFixed(1)} ${row.unit}`,
      result.ratio.median.toFixed(2),
      `${result.ratio.low.toFixed(2)}–${result.ratio.high.toFixed(2)}`,
      verdict(row, result),
    ]),
  )
  return table(['workload', 'parser', 'per event', 'ratio', 'quartiles', 'asked'], cells)
}

function record(rows: readonly Recorded[]): void {
  const results = new Map([...recorded(), ...rows].map((row) => [row.name, row]))
  const all: Results = {
    command: 'pnpm bench parser --record',
    machine: cpus()[0]?.model ?? 'unknown',
    rows: suite.flatMap(({ name, unit, must, most }): Recorded[] => {
      const result = results.get(name)
      return result === undefined ? [] : [{ ...result, unit, must, most }]
    }),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`)
  writeFileSync(join(folder, 'parser.svg'), chart(all.rows))
}

function chart(rows: readonly Recorded[]): string {
  return barChart(
    'Bytes to events: speed over eventsource-parser 4 (dashed line), median and quartiles',
    rows.flatMap((row) =>
      // Memory has a scale of its own; where nobody else takes part the table has to do.
      (row.unit === 'B' || row.contestants.length < 3 ? [] : row.contestants)
        .filter(({ contestant }) => contestant !== row.baseline)
        .map(({ contestant, ratio }) => ({
          group: row.name,
          label: contestant,
          value: ratio.median,
          low: ratio.low,
          high: ratio.high,
        })),
    ),
  )
}

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== 'parser'),
  options: {
    rounds: { type: 'string', default: '9' },
    only: { type: 'string', default: '' },
    record: { type: 'boolean', default: false },
  },
})
// What is measured is what is published: the build, not the source.
execFileSync('pnpm', ['--filter', '@millrace/parser', 'run', 'build'], { cwd: root, stdio: 'ignore' })

const rows: Recorded[] = []
for (const row of suite.filter(({ name }) => name.includes(values.only))) {
  rows.push(await run(row, Number(values.rounds)))
}
console.log(`\n${report(rows)}`)
if (values.record) record(rows)
