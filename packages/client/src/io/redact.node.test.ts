import { expect, test } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { redact, withoutSecrets } from './redact.ts'

test('redact() takes the same time for each URL of a text, however many there are', async () => {
  const row = async (urls: number) => void redact('http://'.repeat(urls), [])

  expect(await growth(row, 400, 16, 4)).toBeLessThan(4)
})

test('withoutSecrets() takes the same time for each issue of a validator, each of which holds all of the data', async () => {
  const clean = async (count: number) => {
    const data = Array.from({ length: count }, () => 'x')
    const issues = data.map((item, key) => ({ message: 'bad', path: [{ input: data, key, value: item }] }))
    withoutSecrets(Object.assign(new Error('bad data'), { issues }), ['t-secret'])
  }

  expect(await growth(clean, 100, 16, 4)).toBeLessThan(4)
})
