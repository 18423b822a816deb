import { expect, test } from 'vitest'
import { withoutUserinfo } from './userinfo.ts'

test.each([
  ['a user alone', 'https://me@api.test/', 'me:'],
  ['a password alone', 'https://:pw@api.test/', ':pw'],
  ['both, encoded', 'https://m%65:p%40w%zz@api.test/', 'me:p@w%zz'],
])('withoutUserinfo() sends %s by Basic', (_, url, credentials) => {
  const plan = withoutUserinfo({ url, init: { headers: new Headers() } })

  expect(plan.url).toBe('https://api.test/')
  expect(plan.init.headers.get('authorization')).toBe(`Basic ${btoa(credentials)}`)
})

test('withoutUserinfo() leaves a request as it is whose URL has an at sign elsewhere', () => {
  const plan = { url: 'https://api.test/@me?to=a@b.c', init: { headers: new Headers() } }

  expect(withoutUserinfo(plan)).toBe(plan)
})
