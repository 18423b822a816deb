import { expect, test } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { mayTell } from './may-tell.ts'

const endless = new Map()
for (let n = 0; n < 1000; n++) endless.set(n, { n })

test.each<[string, unknown, boolean]>([
  ['headers', new Headers({ authorization: 'Bearer secret' }), true],
  ['a request', new Request('http://a.test/', { headers: { authorization: 'secret' } }), true],
  ['the URL of a request', new Request('http://a.test/?key=secret'), true],
  ['a URL', new URL('http://me@a.test/'), true],
  ['a map of sets', new Map([['a', new Set(['secret'])]]), true],
  ['a map without end', endless, true],
  ['a reply', new Response('body', { headers: { 'content-type': 'text/html' } }), false],
  ['a date', new Date(0), false],
  ['a ring', Object.assign(new Map(), { self: endless.get(0) }), false],
])('mayTell() looks into %s', (_, value, expected) => {
  expect(mayTell(value, ['secret'])).toBe(expected)
})

test('mayTell() takes the same time for each URL of a text, however many there are', async () => {
  const row = async (urls: number) => void mayTell('http:'.repeat(urls), [])

  expect(await growth(row, 400, 16, 4)).toBeLessThan(4)
})

test('mayTell() finds the user or the query of a URL behind others', () => {
  expect(mayTell('http:http://a.test/ see http:http://a.test/?x=1', [])).toBe(true)
  expect(mayTell('http://a.test/ see?', [])).toBe(false)
})
