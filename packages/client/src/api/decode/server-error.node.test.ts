import { expect, test } from 'vitest'
import { serverErrorIn } from './server-error.ts'

test.each<[string, unknown, object]>([
  ['a status beside the error', { error: 'busy', status: 503 }, { message: 'busy', status: 503 }],
  ['a code that is a status', { error: { message: 'busy', code: 503 } }, { message: 'busy', status: 503 }],
  ['a code that is a word', { error: { message: 'no', code: 'no_key' } }, { message: 'no', type: 'no_key' }],
  [
    'a status that is a word, which says more than the code',
    { error: { message: 'no', code: 'c', status: 'UNAVAILABLE' } },
    { message: 'no', type: 'UNAVAILABLE' },
  ],
  ['nothing but members that we do not know', { error: { reason: 1 } }, { message: 'no message' }],
])('the error of a server that gives %s', (_, value, facts) => {
  expect(serverErrorIn(value)).toStrictEqual(facts)
})

test.each([
  [399, undefined],
  [400, 400],
  [599, 599],
  [600, undefined],
  ['500', undefined],
])('the code %j of an error is the status %j', (code, status) => {
  expect(serverErrorIn({ error: { message: 'no', code } })?.status).toBe(status)
})
