import { barChart, type Bar } from './bar-chart.ts'
import type { Figures } from './figures.ts'
import type { Results } from './record.ts'

const baselines: Readonly<Record<Results, string>> = {
  client: 'eventsource 5',
  parser: 'eventsource-parser 4',
}

/** As an SVG: how many times as fast as the baseline everybody is who was measured beside it. */
export function speedChart(results: Results, all: readonly Figures[]): string {
  const baseline = baselines[results]
  const charted = all.filter((figures) => figures.baseline.startsWith(baseline) && showsSpeed(figures))
  return barChart(
    `Events a second over ${baseline} (dashed line), median and quartiles`,
    charted.flatMap(barsOf),
  )
}

/** By the clock, or in a process of its own; memory has a scale of its own. Two contestants need no chart. */
function showsSpeed({ unit, name, contestants }: Figures): boolean {
  return unit === 'ns per event' && !name.endsWith('processor time') && Object.keys(contestants).length > 2
}

function barsOf({ name, baseline, contestants, goals }: Figures): readonly Bar[] {
  return Object.entries(contestants)
    .filter(([contestant]) => contestant !== baseline)
    .map(([contestant, { times }]) => {
      const own = goals.some(({ of }) => of === contestant)
      const label = own && !contestant.startsWith('millrace') ? `millrace ${contestant}` : contestant
      return { group: name, label, own, times }
    })
}
