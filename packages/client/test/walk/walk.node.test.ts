import { expect, test } from 'vitest'
import { walk } from './walk.ts'

test('30,000 random steps break no rule of the connection', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const { steps, lives } = walk(seed, 30_000)
  expect(steps).toBe(30_000)
  expect(lives).toBeGreaterThan(100)
})
