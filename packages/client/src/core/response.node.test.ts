import { expect, test } from 'vitest'
import { reply } from '../../test/machine/facts.ts'
import { sample } from '../../test/machine/policies.ts'
import type { Policy } from './policy.ts'
import { classify } from './response.ts'

const { policy: standard } = sample('', {}, false)
const accepting = (said: ReturnType<NonNullable<Policy['accept']>>): Policy => ({
  ...standard,
  accept: () => said,
})

test('classify() accepts 200 with text/event-stream', () => {
  expect(classify(reply(), standard)).toBe('stream')
})

test.each(['', 'text/html', 'text/event-streamx', 'application/json'])(
  'classify() refuses 200 with the media type "%s"',
  (mediaType) => {
    const answer = reply({ mediaType })
    expect(classify(answer, standard)).toEqual({ code: 'content-type', reply: answer, excerpt: '' })
  },
)

test.each([201, 202, 205, 206, 300, 304, 305, 306, 307, 400, 401, 404, 429, 500, 503])(
  'classify() refuses %d, whatever its media type',
  (status) => {
    const answer = reply({ status })
    expect(classify(answer, standard)).toEqual({ code: 'http-status', reply: answer, excerpt: '' })
  },
)

test('classify() takes 204 for the server’s way to end it', () => {
  const answer = reply({ status: 204, mediaType: '' })
  expect(classify(answer, standard)).toEqual({ code: 'no-content', reply: answer })
})

test('classify() leaves a reply to the standard where `accept` gives a promise', () => {
  const later = accepting(Promise.resolve('refuse') as never)
  expect(classify(reply(), later)).toBe('stream')
  const answer = reply({ mediaType: 'text/html' })
  expect(classify(answer, later)).toEqual({ code: 'content-type', reply: answer, excerpt: '' })
})

test('classify() lets a protocol accept what the standard refuses', () => {
  expect(classify(reply({ mediaType: 'application/json' }), accepting('event'))).toBe('event')
  expect(classify(reply({ status: 204 }), accepting('end'))).toBe('end')
  expect(classify(reply({ status: 404 }), accepting('stream'))).toBe('stream')
})

test('classify() lets a protocol refuse what the standard accepts', () => {
  expect(classify(reply(), accepting('refuse'))).toMatchObject({ code: 'content-type' })
})

test('classify() follows the standard where a protocol says nothing', () => {
  expect(classify(reply(), accepting(null))).toBe('stream')
  expect(classify(reply({ mediaType: '' }), accepting(null))).toMatchObject({ code: 'content-type' })
})
