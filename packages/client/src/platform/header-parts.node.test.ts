import { expect, test } from 'vitest'
import { partsOf } from './header-parts.ts'

/** Base64 of the UTF-8 of a text. */
const inBase64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['a token behind its scheme', 'authorization', 'Bearer t-secret', ['t-secret']],
  [
    'each cookie, with a space between them or none',
    'cookie',
    'sid=first-1; a=second;b=third',
    ['first-1', 'second', 'third'],
  ],
  ['a cookie without its percent signs', 'cookie', 'sid=s%3Aabc', ['s%3Aabc', 's:abc']],
  ['a cookie whose percent signs mean nothing', 'cookie', 'sid=100%', ['100%']],
  ['a password', 'authorization', `Basic ${inBase64('me:pass:word')}`, ['pass:word']],
  ['a password beyond ASCII', 'authorization', `Basic ${inBase64('me:pässwörd')}`, ['pässwörd']],
  [
    'the user of Basic where there is no password',
    'authorization',
    `Basic ${inBase64('sk_live_1:')}`,
    ['sk_live_1'],
  ],
  [
    'the parameters of a scheme',
    'authorization',
    'Token token="t-secret", nonce=n-secret',
    ['t-secret', 'n-secret'],
  ],
  ['the parameters for a proxy', 'proxy-authorization', 'Digest response="r-secret"', ['r-secret']],
])('partsOf() finds %s', (_, name, value, parts) => {
  expect(partsOf(name, value)).toEqual(expect.arrayContaining(parts))
})

test('partsOf() takes the words of a header that authorizes nobody for no secrets', () => {
  expect(partsOf('user-agent', 'app/1 (lang=en-GB; os=Linux)')).toEqual(['(lang=en-GB; os=Linux)'])
})

test('partsOf() keeps to the token where Basic is followed by what is no base64', () => {
  expect(partsOf('authorization', 'Basic *')).toEqual(['*'])
})
