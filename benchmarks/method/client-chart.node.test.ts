import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { chartOf } from './client-chart.ts'
import { recorded } from '../../scripts/figures/record.ts'

test('the chart shows the figures that are recorded', async () => {
  const svg = await readFile(new URL('../../docs/results/client.svg', import.meta.url), 'utf8')
  expect(svg).toBe(chartOf(recorded()))
})

test('chartOf() divides events a second by those of eventsource 5, and names ours', () => {
  const found = { EventSource: [50, 100], 'eventsource 5': [100, 200], 'bare fetch': [20, 50] }
  const svg = chartOf([
    { name: 'flood, Node', unit: 'ns per event', ours: 'EventSource', goals: [], found },
    { name: 'flood, Node, processor time', unit: 'ns per event', ours: 'EventSource', goals: [], found },
  ])
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
  expect(texts.slice(1)).toEqual(['flood, Node', 'millrace EventSource', '2.00', 'bare fetch', '4.50'])
})
