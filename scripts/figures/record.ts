import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import process from 'node:process'
import type { Figures } from './figures.ts'

/** Figures as they are kept: with the circumstances under which they were found. */
export interface Recorded extends Figures {
  readonly date: string
  readonly machine: string
  /** Of the last minute, at the end: above 2 on this benchmark's two cores the figures are noise. */
  readonly load: number
  readonly node: string
}

const file = new URL('../../docs/results/client.json', import.meta.url)

export function recorded(): readonly Recorded[] {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Puts figures in the place of older ones of the same name; what was not measured stays. */
export function record(figures: readonly Figures[]): readonly Recorded[] {
  const circumstances = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.versions.node,
  }
  const rows = new Map(recorded().map((row) => [row.name, row]))
  for (const each of figures) rows.set(each.name, { ...rounded(each), ...circumstances })
  const all = [...rows.values()]
  writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`)
  return all
}

/** Four digits are more than any of them is worth. */
function rounded(figures: Figures): Figures {
  const found = Object.entries(figures.found).map(([contestant, values]) => [
    contestant,
    values.map((value) => Number(value.toPrecision(4))),
  ])
  return { ...figures, found: Object.fromEntries(found) }
}
