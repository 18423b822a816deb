import { expect, test } from 'vitest'
import { reply } from '../../test/machine/facts.ts'
import { sample } from '../../test/machine/policies.ts'
import type { Policy } from './policy.ts'
import { classify } from './response.ts'

const { policy: inNode } = sample('', {}, false)
const inPage: Policy = { ...inNode, redirects: null }
const accepting = (said: ReturnType<NonNullable<Policy['accept']>>): Policy => ({
  ...inNode,
  accept: () => said,
})

test('classify() accepts 200 with text/event-stream', () => {
  expect(classify(reply(), inNode)).toEqual({ type: 'accepted', body: 'stream' })
})

test.each(['', 'text/html', 'text/event-streamx', 'application/json'])(
  'classify() refuses 200 with the media type "%s"',
  (mediaType) => {
    const answer = reply({ mediaType })
    expect(classify(answer, inNode)).toEqual({
      type: 'refused',
      failure: { code: 'content-type', reply: answer, excerpt: '' },
    })
  },
)

test.each([201, 202, 205, 206, 304, 400, 401, 404, 429, 500, 503])(
  'classify() refuses %d, whatever its media type',
  (status) => {
    const answer = reply({ status })
    expect(classify(answer, inNode)).toEqual({
      type: 'refused',
      failure: { code: 'http-status', reply: answer, excerpt: '' },
    })
  },
)

test('classify() takes 204 for the server’s way to end it', () => {
  expect(classify(reply({ status: 204, mediaType: '' }), inNode)).toEqual({ type: 'no-content' })
})

const redirected = reply({
  status: 307,
  redirect: { url: 'https://a.example/moved', sameOrigin: true, downgrade: false },
})

test('classify() sees a hop in a redirect where we follow redirects ourselves', () => {
  expect(classify(redirected, inNode)).toMatchObject({ type: 'redirect' })
  expect(classify(redirected, inPage)).toMatchObject({ type: 'refused', failure: { code: 'http-status' } })
})

test.each([300, 305, 306])('classify() refuses %d: Fetch knows no such redirect', (status) => {
  expect(classify(reply({ status }), inNode)).toMatchObject({ type: 'refused' })
})

test('classify() lets a protocol accept what the standard refuses', () => {
  expect(classify(reply({ mediaType: 'application/json' }), accepting('event'))).toEqual({
    type: 'accepted',
    body: 'event',
  })
  expect(classify(reply({ status: 204 }), accepting('end'))).toEqual({ type: 'accepted', body: 'end' })
  expect(classify(reply({ status: 404 }), accepting('stream'))).toEqual({ type: 'accepted', body: 'stream' })
})

test('classify() lets a protocol refuse what the standard accepts', () => {
  expect(classify(reply(), accepting('refuse'))).toMatchObject({
    type: 'refused',
    failure: { code: 'content-type' },
  })
})

test('classify() follows the standard where a protocol says nothing', () => {
  expect(classify(reply(), accepting(null))).toEqual({ type: 'accepted', body: 'stream' })
  expect(classify(reply({ mediaType: '' }), accepting(null))).toMatchObject({ type: 'refused' })
})

test('classify() follows a redirect before a protocol is asked', () => {
  expect(classify(redirected, accepting('stream'))).toMatchObject({ type: 'redirect' })
})
