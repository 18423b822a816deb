import { expect, test } from 'vitest'
import { reply } from '../../test/machine/facts.ts'
import { redirectFacts } from './hops.ts'

const from = { url: 'https://a.test/x/y' }

test.each([
  ['../z', { url: 'https://a.test/z', sameOrigin: true, downgrade: false }],
  ['//b.test/', { url: 'https://b.test/', sameOrigin: false, downgrade: false }],
  ['http://a.test/', { url: 'http://a.test/', sameOrigin: false, downgrade: true }],
  ['javascript:1', { url: null, sameOrigin: false, downgrade: false }],
  ['http://', { url: null, sameOrigin: false, downgrade: false }],
])('redirectFacts() reads a redirect to %s', (location, redirect) => {
  expect(redirectFacts(reply({ ...from, status: 307, headers: { location } }))).toEqual(redirect)
})

test('redirectFacts() tells of a Location that is missing', () => {
  expect(redirectFacts(reply({ ...from, status: 302 }))).toMatchObject({ url: null })
})

test.each([301, 302, 303, 307, 308])('redirectFacts() takes %d for a redirect', (status) => {
  expect(redirectFacts(reply({ ...from, status, headers: { location: '/z' } }))).not.toBeNull()
})

test.each([200, 300, 304, 305, 306])('redirectFacts() takes %d for none', (status) => {
  expect(redirectFacts(reply({ ...from, status, headers: { location: '/z' } }))).toBeNull()
})
