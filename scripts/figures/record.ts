import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import process from 'node:process'
import { speedChart } from './chart.ts'
import type { Figures } from './figures.ts'

/** A file of figures in docs/results, with a chart beside it. */
export type Results = 'client' | 'parser'

const fileOf = (results: Results, extension: 'json' | 'svg') =>
  new URL(`../../docs/results/${results}.${extension}`, import.meta.url)

export function recorded(results: Results): readonly Figures[] {
  return JSON.parse(readFileSync(fileOf(results, 'json'), 'utf8'))
}

/** Puts figures in the place of older ones of the same name, and draws the chart anew; what was not measured stays. */
export function record(results: Results, figures: readonly Figures[]): void {
  const circumstances = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    // Of the last minute, at the end: above 2 on a machine of two cores the figures are noise.
    load: loadavg()[0],
    node: process.versions.node,
  }
  const rows = new Map(recorded(results).map((row) => [row.name, row]))
  for (const each of figures) rows.set(each.name, { ...each, ...circumstances })
  const all = [...rows.values()]
  // A measurement a line: a diff then shows which ones were made anew.
  const lines = all.map((row) => ` ${JSON.stringify(row, rounded)}`)
  writeFileSync(fileOf(results, 'json'), `[\n${lines.join(',\n')}\n]\n`)
  writeFileSync(fileOf(results, 'svg'), speedChart(results, recorded(results)))
}

/** Four digits are more than any of what was found is worth. */
function rounded(key: string, value: unknown): unknown {
  const isFound = typeof value === 'number' && ['median', 'low', 'high', 'load'].includes(key)
  return isFound ? Number(value.toPrecision(4)) : value
}
