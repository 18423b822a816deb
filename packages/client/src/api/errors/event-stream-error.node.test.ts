import { expect, test } from 'vitest'
import { broken, idle, refused, serverError, tooLarge, truncated } from '../../../test/machine/facts.ts'
import { EventStreamError } from './event-stream-error.ts'

const members = [
  'code',
  'status',
  'headers',
  'requestId',
  'retryAfter',
  'body',
  'timeout',
  'limit',
  'reason',
  'type',
  'event',
  'issues',
  'attempt',
  'willRetry',
  'delay',
]

test.each([broken, idle, refused(503), serverError(), tooLarge, truncated])(
  'an error has every member, null where $code has none',
  (failure) => {
    const error = new EventStreamError(failure)
    expect(Object.keys(error).toSorted()).toEqual(['name', ...members].toSorted())
    expect(Object.values(error)).not.toContain(undefined)
  },
)

test('what gave up has the status, the headers and the body of what it gave up at', () => {
  const cause = {
    ...refused(503, { headers: { 'x-a': '1' }, requestId: 'r1', retryAfter: 5 }),
    excerpt: 'busy',
  }
  const error = new EventStreamError({ code: 'retries-exhausted', limit: 'maxAttempts', cause })
  expect(error).toMatchObject({
    code: 'retries-exhausted',
    limit: 'maxAttempts',
    status: 503,
    headers: { 'x-a': '1' },
    requestId: 'r1',
    retryAfter: 5,
    body: 'busy',
    cause: { code: 'http-status' },
  })
})

test('what gave up after a timeout says which one it was', () => {
  const error = new EventStreamError({ code: 'retries-exhausted', limit: 'maxAttempts', cause: idle })

  expect(error).toMatchObject({ code: 'retries-exhausted', timeout: 'idle', limit: 'maxAttempts' })
})

test.each([
  ['a line end', '\r\n'],
  ['the start of an escape sequence', '\u001B'],
  ['a mark that turns the line around', '\u202E'],
  ["JavaScript's own line ends", '\u2028\u2029'],
])("in the server's words in a message %s becomes spaces: it stays one line of a log", (_, odd) => {
  const { message } = new EventStreamError(serverError({ message: `before${odd}after` }))

  expect(message).toMatch(/: before +after$/)
})
