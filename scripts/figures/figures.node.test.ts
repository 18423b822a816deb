import { expect, test } from 'vitest'
import { figuresOf, isMet, type Goal } from './figures.ts'

// The machine was busy in the second round: by pairs it does not matter.
const found = { own: [100, 400, 120], rival: [200, 800, 240] }

function figuresFor(...goals: readonly Goal[]) {
  return figuresOf({ name: 'flood', unit: 'ns', baseline: 'rival', goals }, found)
}

test('figuresOf() gives median and quartiles, and pairs by round what a busy machine made slow for all', () => {
  expect(figuresFor()).toMatchObject({
    rounds: 3,
    contestants: {
      own: { value: { median: 120, low: 110, high: 260 }, times: { median: 2, low: 2, high: 2 } },
      rival: { value: { median: 240, low: 220, high: 520 }, times: { median: 1, low: 1, high: 1 } },
    },
  })
})

test.each([
  [{ of: 'own', type: 'times', than: 'rival', atLeast: 2 }, 2, true],
  [{ of: 'own', type: 'times', than: 'rival', atLeast: 2.1 }, 2, false],
  [{ of: 'own', type: 'more', than: 'rival', atMost: -121 }, -120, false],
  [{ of: 'own', type: 'more', than: 'rival', atMost: -120 }, -120, true],
  [{ of: 'own', type: 'value', atMost: 119 }, 120, false],
  [{ of: 'own', type: 'value', atMost: 120 }, 120, true],
] as const)('figuresOf() finds for %j %d, and isMet() says %s', (goal, median, met) => {
  const [judged] = figuresFor(goal).goals
  expect(judged).toMatchObject({ found: { median } })
  expect(judged && isMet(judged)).toBe(met)
})

test('figuresOf() throws for a goal about a contestant that was not measured', () => {
  const goal = { of: 'own', type: 'times', than: 'nobody', atLeast: 1 } as const
  expect(() => figuresFor(goal)).toThrow('nobody was not measured on flood')
})
