import { expect, test } from 'vitest'
import { tally } from './tally.ts'

test('tally() counts what is missing and what came twice', () => {
  expect(tally(['1', '2', '3', '4'], ['1', '2', '2', '4'])).toEqual({
    sent: 4,
    received: 4,
    lost: 1,
    duplicated: 1,
  })
})

test('tally() of a whole answer shows nothing lost and nothing doubled', () => {
  expect(tally(['1', '2'], ['1', '2'])).toMatchObject({ lost: 0, duplicated: 0 })
})
