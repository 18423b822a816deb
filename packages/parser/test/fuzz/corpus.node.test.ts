import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { randomFrom } from '../../../../test/support/random.ts'

const folder = join(import.meta.dirname, 'corpus')

test('every input that fuzzing has kept is read as the standard says', () => {
  const inputs = readdirSync(folder)
  expect(inputs.length).toBeGreaterThan(0)
  const random = randomFrom(1)
  expect(
    inputs.filter((name) => !check(new Uint8Array(readFileSync(join(folder, name))), random).right),
  ).toEqual([])
})
