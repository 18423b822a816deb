import type { Spread } from './statistics.ts'

/** One bar: how many times the baseline's speed, with its quartiles. */
export interface Bar {
  readonly group: string
  readonly label: string
  readonly own: boolean
  readonly times: Spread
}

const barHeight = 16
const gap = 14
const left = 220
const width = 900

/** A bar chart as SVG. The line at 1 is the baseline; fonts and colours are those of any page it is shown on. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const groups = [...new Set(bars.map((bar) => bar.group))]
  const most = Math.max(1, ...bars.map(({ times }) => times.high))
  const scale = (value: number): number => left + (value / most) * (width - left - 70)
  const rows: string[] = []
  let y = 56
  for (const group of groups) {
    rows.push(text(12, y + 12, group, 'font-weight="600"'))
    y += barHeight + 4
    for (const { label, own, times } of bars.filter((bar) => bar.group === group)) {
      const { median, low, high } = times
      rows.push(
        text(left - 8, y + 12, label, 'text-anchor="end"'),
        `<rect x="${left}" y="${y}" width="${round(scale(median) - left)}" height="${barHeight}" rx="2" fill="${own ? '#1f7a8c' : '#bfc8ce'}"/>`,
        `<path d="M${round(scale(low))} ${y + barHeight / 2}H${round(scale(high))}" stroke="#33414a" stroke-width="2"/>`,
        text(round(scale(high)) + 6, y + 12, median.toFixed(2)),
      )
      y += barHeight + 4
    }
    y += gap
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    text(12, 28, title, 'font-size="16" font-weight="700"'),
    `<path d="M${round(scale(1))} 44V${y - gap}" stroke="#33414a" stroke-dasharray="3 3"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n')
}

function text(x: number, y: number, content: string, more = ''): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${x}" y="${y}" fill="#1d262b" ${more}>${safe}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
