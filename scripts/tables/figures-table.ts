import { inWords, isMet, type Figures } from '../figures/figures.ts'
import { short } from '../figures/report.ts'
import { markdownTable } from './regions.ts'

/** What was asked in each measurement, and what was found. */
export function figuresTable(rows: readonly Figures[]): string {
  const cells = rows.flatMap(({ name, unit, contestants, goals }) =>
    goals.map((goal) => {
      const takes = contestants[goal.of]?.value.median ?? Number.NaN
      const { median, low, high } = goal.found
      const found = `${short(median)} (${short(low)}–${short(high)})${isMet(goal) ? '' : ', missed'}`
      return [name, goal.of, `${short(takes)} ${unit}`, inWords(goal, unit), found]
    }),
  )
  return markdownTable(['measured', 'of', 'takes', 'asked', 'found (quartiles)'], cells)
}
