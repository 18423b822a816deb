import { expect, test } from 'vitest'
import { scenario } from '../scenario/build.ts'
import { fakeFetch } from './fake-fetch.ts'

test.each([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 304],
])('fakeFetch() answers %s with %d without a body, and the exchange ends', async (method, status) => {
  const fake = fakeFetch(
    scenario([
      { type: 'status', status },
      { type: 'event', data: 'x' },
    ]),
  )
  const response = await fake.fetch(fake.url, { method })
  expect([response.status, response.body]).toEqual([status, null])
  await fake.whenClosed()
  expect(fake.exchanges).toMatchObject([{ state: 'end' }])
})
