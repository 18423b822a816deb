import { expect, test } from 'vitest'
import { redirectFacts, whyNotFollowed } from './hops.ts'

const from = { url: 'https://a.test/x/y' }

test.each([
  ['../z', { url: 'https://a.test/z', sameOrigin: true, downgrade: false }],
  ['//b.test/', { url: 'https://b.test/', sameOrigin: false, downgrade: false }],
  ['http://a.test/', { url: 'http://a.test/', sameOrigin: false, downgrade: true }],
  ['javascript:1', { url: null, sameOrigin: false, downgrade: false }],
  ['http://', { url: null, sameOrigin: false, downgrade: false }],
])('redirectFacts() reads a redirect to %s', (location, redirect) => {
  expect(redirectFacts({ ...from, status: 307 }, location)).toEqual(redirect)
})

/** A header as fetch hands it over: each byte is a character. */
const asHeader = (text: string) => String.fromCharCode(...new TextEncoder().encode(text))

test.each([
  ['/é?q=漢', 'https://a.test/%C3%A9?q=%E6%BC%A2'],
  ['https://bücher.test/', 'https://xn--bcher-kva.test/'],
])('redirectFacts() reads a Location in UTF-8, as browsers and Node do: %s', (location, url) => {
  expect(redirectFacts({ ...from, status: 302 }, asHeader(location))).toMatchObject({ url })
})

test('redirectFacts() keeps the bytes of a Location that is no UTF-8', () => {
  expect(redirectFacts({ ...from, status: 302 }, '/\u00e9')).toMatchObject({ url: 'https://a.test/%E9' })
})

test('redirectFacts() tells of a Location that is missing', () => {
  expect(redirectFacts({ ...from, status: 302 }, null)).toMatchObject({ url: null })
})

test('redirectFacts() takes for one what a browser hides, and the error says what to do', () => {
  expect(redirectFacts({ url: '', status: 0 }, null)).toMatchObject({ url: null })
  expect(whyNotFollowed['no-location']).toContain('the condition "browser"')
})

test.each([301, 302, 303, 307, 308])('redirectFacts() takes %d for a redirect', (status) => {
  expect(redirectFacts({ ...from, status }, '/z')).not.toBeNull()
})

test.each([200, 300, 304, 305, 306])('redirectFacts() takes %d for none', (status) => {
  expect(redirectFacts({ ...from, status }, '/z')).toBeNull()
})

test.each([
  ['loop', 'visited before'],
  ['too-many', 'more than 20'],
  ['downgrade', 'from https to http'],
  ['no-location', 'Location'],
  ['method-change', 'into a GET'],
  ['body-to-other-origin', 'set forwardBody: true if it may'],
] as const)('an error says in words why a redirect was not followed: %s', (reason, words) => {
  expect(whyNotFollowed[reason]).toContain(words)
})
