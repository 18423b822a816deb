import { expect, test } from 'vitest'
import { full } from '../../../../test/support/full.ts'
import { walk } from './walk.ts'

const steps = full ? 1_000_000 : 30_000

test(`${steps.toLocaleString('en')} random steps break no rule of the connection`, () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const walked = walk(seed, steps)
  expect(walked.steps).toBe(steps)
  expect(walked.lives).toBeGreaterThan(steps / 300)
})
