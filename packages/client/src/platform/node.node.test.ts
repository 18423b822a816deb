import { expect, test } from 'vitest'
import { diagnose, mayTell } from './node.ts'

const coded = (code: string) => Object.assign(new Error('no words'), { code })
/** As Deno's fetch fails. */
const inDeno = (words: string) =>
  new TypeError('fetch failed', {
    cause: new Error(`error sending request for url (https://a.test/): client error ${words}`),
  })

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('ECONNREFUSED') })],
  [
    'Node, two addresses',
    new TypeError('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) }),
  ],
  ['Bun', coded('ConnectionRefused')],
  ['Deno', inDeno('(Connect): tcp connect error: Connection refused (os error 111)')],
  ['Deno, no such host', inDeno('(Connect): dns error: failed to lookup address information')],
])('a connection that was never made proves that nothing was sent: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ unsent: true, futile: false })
})

test.each([
  ['Node', new TypeError('terminated', { cause: coded('ECONNRESET') })],
  ['Deno', inDeno('(SendRequest): connection closed before message completed')],
])('a connection that broke proves nothing: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ unsent: false, futile: false })
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') })],
  ['Deno', inDeno('(Connect): invalid peer certificate: UnknownIssuer')],
])('a certificate that is refused is refused again: %s', (_, error) => {
  expect(diagnose(error, null).futile).toBe(true)
})

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
