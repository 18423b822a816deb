import { kilobytesByArea } from '../sizes/measure.ts'
import { markdownTable, type MakeTable } from './regions.ts'
import { stillRight } from './still-right.ts'

const names = ['fetchEventStream', 'EventSource']

/** What the two largest imports are made of, from the sources. */
export async function areasTable(): Promise<MakeTable> {
  const measured = await Promise.all(
    names.map((name) => kilobytesByArea({ '@millrace/client': [name] }, 'source')),
  )
  const all = new Set(measured.flatMap((sums) => [...sums.keys()]))
  const areas = [...all].filter((area) => measured.some((sums) => sums.get(area)))
  const sumOf = (sums: ReadonlyMap<string, number>) => [...sums.values()].reduce((all, one) => all + one, 0)
  const rows: readonly (readonly [name: string, kilobytes: readonly number[]])[] = [
    ...areas.map((area) => [area, measured.map((sums) => sums.get(area) ?? 0)] as const),
    ['all', measured.map(sumOf)],
  ]
  return (current) => {
    const figure = (row: string) => (kilobytes: number, index: number) =>
      kilobytes === 0 ? '–' : stillRight(current, row, index + 1, kilobytes)
    return markdownTable(
      ['area', ...names],
      rows.map(([name, kilobytes]) => [name].concat(kilobytes.map(figure(name)))),
    )
  }
}
