import { writeFileSync } from 'node:fs'
import { barChart } from './chart.ts'
import { timesAsGood, type Figures } from '../../scripts/figures/figures.ts'
import type { Recorded } from '../../scripts/figures/record.ts'

/** What events a second are charted of, and what each is measured against. */
const baseline = 'eventsource 5'
const file = new URL('../../docs/results/client.svg', import.meta.url)

export function chart(rows: readonly Recorded[]): void {
  writeFileSync(file, chartOf(rows))
}

/** Events a second of each flood, as times those of eventsource 5. */
export function chartOf(rows: readonly Figures[]): string {
  const floods = rows.filter(({ name, found }) => /^flood, [A-Z]\w+$/.test(name) && baseline in found)
  return barChart(
    `Events a second over ${baseline} (dashed line), median and quartiles`,
    floods.flatMap((figures) =>
      Object.keys(figures.found)
        .filter((contestant) => contestant !== baseline)
        .map((contestant) => {
          const { median: value, low, high } = timesAsGood(figures, contestant, baseline)
          const own = contestant === figures.ours || contestant === 'fetchEventStream'
          return { group: figures.name, label: own ? `millrace ${contestant}` : contestant, value, low, high }
        }),
    ),
  )
}
