import { expect, test } from 'vitest'
import { judge, timesAsGood, valueOf, type Figures } from './figures.ts'

const figures: Figures = {
  name: 'flood',
  unit: 'ns',
  ours: 'own',
  goals: [],
  // The machine was busy in the second round: by pairs it does not matter.
  found: { own: [100, 400, 120], rival: [200, 800, 240] },
}

test('timesAsGood() pairs by round what a busy machine made slow for both', () => {
  expect(timesAsGood(figures, 'own', 'rival')).toEqual({ median: 2, low: 2, high: 2 })
})

test('valueOf() gives the median and the quartiles', () => {
  expect(valueOf(figures, 'rival')).toEqual({ median: 240, low: 220, high: 520 })
})

test.each([
  [{ type: 'times', than: 'rival', atLeast: 2 }, 2, true],
  [{ type: 'times', than: 'rival', atLeast: 2.1 }, 2, false],
  [{ type: 'more', than: 'rival', atMost: -121 }, -120, false],
  [{ type: 'more', than: 'rival', atMost: -120 }, -120, true],
  [{ type: 'value', atMost: 119 }, 120, false],
  [{ type: 'value', atMost: 120 }, 120, true],
] as const)('judge(%j) finds %d, met: %s', (goal, value, met) => {
  expect(judge(figures, goal)).toMatchObject({ value, met })
})

test('judge() does not call met what was not measured', () => {
  expect(judge(figures, { type: 'times', than: 'nobody', atLeast: 1 }).met).toBe(false)
})
