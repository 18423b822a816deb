import { expect, test } from 'vitest'
import { full } from '../../../../test/support/full.ts'
import { Life } from './life.ts'

/** To see a fault again, put its seed in the place of the dice. */
const seed = Math.floor(Math.random() * 2 ** 31)
const lives = full ? 3000 : 25

test(`${lives} random consumers of streams that break lose nothing, and leave nothing behind`, async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  for (let n = 0; n < lives; n++) {
    await new Life(seed + n).live().catch((cause: unknown) => {
      throw new RangeError(`seed ${seed + n}: ${String(cause)}`, { cause })
    })
  }
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
