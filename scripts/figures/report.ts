import { inWords, isMet, type Figures } from './figures.ts'
import { table } from './table.ts'

/** Figures as text: the contestants, and what was asked of ours. */
export function report({ name, unit, baseline, rounds, contestants, goals }: Figures): string {
  const rows = Object.entries(contestants).map(([contestant, { value, times }]) => [
    contestant,
    `${short(value.median)} [${short(value.low)}–${short(value.high)}]`,
    contestant === baseline
      ? ''
      : `${times.median.toFixed(2)} [${times.low.toFixed(2)}–${times.high.toFixed(2)}]`,
  ])
  const asked = goals.map((goal) => {
    const verdict = isMet(goal) ? 'met   ' : 'missed'
    return `  ${verdict} ${goal.of}, ${inWords(goal, unit)}: ${short(goal.found.median)}`
  })
  const heading = `\n${name}, ${rounds} rounds`
  return [heading, table(['', unit, `times as good as ${baseline}`], rows), ...asked, ''].join('\n')
}

/** Three digits, or all of those before the point. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return value.toFixed(Math.min(3, Math.max(0, 3 - Math.trunc(Math.abs(value)).toString().length)))
}
