import { judge, timesAsGood, valueOf, type Figures } from './figures.ts'
import { table } from './table.ts'

/** Figures as text: the contestants, and what was asked of ours. */
export function report(figures: Figures): string {
  const { found, goals, name, ours, unit } = figures
  const rounds = found[ours]?.length ?? 0
  const rows = Object.keys(found).map((contestant) => {
    const { median, low, high } = valueOf(figures, contestant)
    const times = contestant === ours ? '' : timesAsGood(figures, ours, contestant).median.toFixed(2)
    return [contestant, `${short(median)} [${short(low)}-${short(high)}]`, times]
  })
  const asked = goals.map((goal) => {
    const { text, value, met } = judge(figures, goal)
    return `  ${met ? 'met   ' : 'missed'} ${text}: ${short(value)}`
  })
  const heading = `\n${name}, ${rounds} rounds`
  return [heading, table(['', unit, `${ours} is as good, times`], rows), ...asked, ''].join('\n')
}

/** Three digits, or all of those before the point. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return value.toFixed(Math.min(3, Math.max(0, 3 - Math.trunc(Math.abs(value)).toString().length)))
}
