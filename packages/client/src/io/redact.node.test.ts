import { expect, test } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { redact } from './redact.ts'

test('redact() takes the same time for each URL of a text, however many there are', async () => {
  const row = async (urls: number) => void redact('http://'.repeat(urls), [])

  expect(await growth(row, 400, 16, 4)).toBeLessThan(4)
})
