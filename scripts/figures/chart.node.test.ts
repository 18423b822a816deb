import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { speedChart } from './chart.ts'
import { figuresOf, type Goal } from './figures.ts'
import { recorded } from './record.ts'

test.each(['client', 'parser'] as const)(
  'the chart of %s shows the figures that are recorded',
  async (name) => {
    const svg = await readFile(new URL(`../../docs/results/${name}.svg`, import.meta.url), 'utf8')
    expect(svg).toBe(speedChart(name, recorded(name)))
  },
)

test('speedChart() divides events a second by those of the baseline, and names ours', () => {
  const found = { EventSource: [50, 100], 'eventsource 5': [100, 200], 'bare fetch': [20, 50] }
  const goals: Goal[] = [{ of: 'EventSource', type: 'times', than: 'bare fetch', atLeast: 1 }]
  const subject = { unit: 'ns per event', baseline: 'eventsource 5', goals }
  const svg = speedChart('client', [
    figuresOf({ ...subject, name: 'flood, Node' }, found),
    figuresOf({ ...subject, name: 'flood, Node, processor time' }, found),
    figuresOf({ ...subject, name: 'iteration, Node', baseline: 'bare fetch' }, found),
  ])
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
  expect(texts.slice(1)).toEqual(['flood, Node', 'millrace EventSource', '2.00', 'bare fetch', '4.50'])
})
