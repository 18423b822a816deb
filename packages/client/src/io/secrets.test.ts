import { expect, test } from 'vitest'
import { secretsOf } from './secrets.ts'

test('secretsOf() finds values of headers and of the query, but not of headers that hold no secret', () => {
  const headers = new Headers({
    authorization: 'Bearer t-secret',
    accept: 'text/event-stream',
    'accept-language': 'en-GB',
    pragma: 'no-cache',
    'x-request-id': '7f3c9a52-1b2d',
  })

  expect(secretsOf({ url: 'https://api.test/v1?key=q-secret&page=2', init: { headers } })).toEqual([
    'Bearer%20t-secret',
    'Bearer t-secret',
    't-secret',
    'q-secret',
  ])
})

test.each([
  ['the password of Basic', { authorization: `Basic ${btoa('me:pass word')}` }, ['pass word']],
  ['a token with a slash as JSON may hold it', { 'x-key': 'ab/cd"e' }, ['ab/cd\\"e', 'ab\\/cd\\"e']],
])('secretsOf() finds %s', (_, given, secrets) => {
  const found = secretsOf({ url: 'https://api.test/', init: { headers: new Headers(given) } })

  expect(found).toEqual(expect.arrayContaining(secrets))
})

test('secretsOf() finds a value of the query as it was written, as it is meant and as it is encoded', () => {
  const headers = new Headers()
  const found = secretsOf({ url: 'https://api.test/?key=a+b%2fcdef#x', init: { headers } })

  expect(found.toSorted()).toEqual(['a b/cdef', 'a b\\/cdef', 'a%20b%2Fcdef', 'a%2Bb%252fcdef', 'a+b%2fcdef'])
})

test('secretsOf() finds a value that holds a question mark', () => {
  const found = secretsOf({ url: 'https://api.test/?key=first?second', init: { headers: new Headers() } })

  expect(found).toContain('first?second')
})

test('secretsOf() finds a value of five characters, none of fewer, and that of a header named much like a harmless one', () => {
  const headers = new Headers({ 'x-key': '12345', 'x-desk': '1234', 'x-accept-key': 'a-secret' })
  const found = secretsOf({ url: 'https://api.test/', init: { headers } })

  expect(found).toEqual(['a-secret', '12345'])
})
