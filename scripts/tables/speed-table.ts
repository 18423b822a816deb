import { judge, type Figures } from '../figures/figures.ts'
import { short } from '../figures/report.ts'
import { markdownTable } from './regions.ts'

/** What was asked of each measurement, and what was found. */
export function speedTable(rows: readonly Figures[]): string {
  const cells = rows.flatMap((figures) =>
    figures.goals.map((goal) => {
      const { text, value, met } = judge(figures, goal)
      return [figures.name, figures.ours, text, `${short(value)}${met ? '' : ' (missed)'}`]
    }),
  )
  return markdownTable(['measured', 'of', 'asked', 'found'], cells)
}
