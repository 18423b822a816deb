import { expect, test } from 'vitest'
import { reply } from '../../test/machine/facts.ts'
import type { RedirectFacts, ReplyFacts } from './failure.ts'
import type { RedirectRules } from './policy.ts'
import { whyNotFollowed } from '../platform/hops.ts'
import { nextHop } from './redirect.ts'

const strict: RedirectRules = {
  maxHops: 20,
  allowMethodChange: false,
  allowBodyToOtherOrigin: false,
  why: whyNotFollowed,
}
const asFetch: RedirectRules = { ...strict, allowMethodChange: true }

function redirect(
  status: number,
  facts: Partial<ReplyFacts> = {},
  target: Partial<RedirectFacts> = {},
): ReplyFacts {
  const to = { url: 'https://a.example/moved', sameOrigin: true, downgrade: false, ...target }
  return reply({ status, redirect: to, ...facts })
}

const foreign = { url: 'https://b.example/', sameOrigin: false }

test.each([301, 302, 303, 307, 308])('nextHop() follows a %d of a GET, also to another origin', (status) => {
  expect(nextHop(redirect(status), [], strict)).toEqual({
    url: 'https://a.example/moved',
    sameOrigin: true,
    get: false,
  })
  expect(nextHop(redirect(status, {}, foreign), [], strict)).toEqual({ ...foreign, get: false })
})

test.each([301, 302, 303])('nextHop() turns a POST into GET on %d only where that is allowed', (status) => {
  const answer = redirect(status, { method: 'POST' })
  expect(nextHop(answer, [], strict)).toBe('method-change')
  expect(nextHop(answer, [], asFetch)).toMatchObject({ get: true })
})

test('nextHop() turns a PUT into GET on 303, and on no other status', () => {
  expect(nextHop(redirect(303, { method: 'PUT' }), [], asFetch)).toMatchObject({ get: true })
  expect(nextHop(redirect(301, { method: 'PUT' }), [], asFetch)).toMatchObject({ get: false })
  expect(nextHop(redirect(302, { method: 'PUT' }), [], asFetch)).toMatchObject({ get: false })
})

test('nextHop() leaves a HEAD a HEAD', () => {
  expect(nextHop(redirect(303, { method: 'HEAD' }), [], strict)).toMatchObject({ get: false })
  expect(nextHop(redirect(307, { method: 'HEAD' }, foreign), [], strict)).toMatchObject({ get: false })
})

test.each([307, 308])(
  'nextHop() sends a body on %d to the same origin, to another one only where allowed',
  (status) => {
    const near = redirect(status, { method: 'POST' })
    const far = redirect(status, { method: 'POST' }, foreign)
    expect(nextHop(near, [], strict)).toMatchObject({ get: false })
    expect(nextHop(far, [], strict)).toBe('body-to-other-origin')
    expect(nextHop(far, [], { ...strict, allowBodyToOtherOrigin: true })).toMatchObject({
      get: false,
    })
  },
)

test('nextHop() sends no body with a POST that has become a GET, so it may go to another origin', () => {
  expect(nextHop(redirect(302, { method: 'POST' }, foreign), [], asFetch)).toMatchObject({ get: true })
})

test('nextHop() refuses a redirect without a URL to go to', () => {
  expect(nextHop(reply({ status: 302 }), [], strict)).toBe('no-location')
  expect(nextHop(redirect(302, {}, { url: null }), [], strict)).toBe('no-location')
})

test('nextHop() refuses to go from https to http', () => {
  expect(nextHop(redirect(302, {}, { downgrade: true }), [], strict)).toBe('downgrade')
})

test('nextHop() sees a loop at its first return: to the URL that answers, or to one on the way', () => {
  expect(nextHop(redirect(302, { url: 'https://a.example/moved' }), [], strict)).toBe('loop')
  expect(nextHop(redirect(302), ['https://a.example/moved', 'https://a.example/b'], strict)).toBe('loop')
})

test('nextHop() takes the 20th hop and refuses the 21st', () => {
  const visited = (n: number) => Array.from({ length: n }, (_, i) => `https://a.example/${i}`)
  expect(nextHop(redirect(302), visited(19), strict)).toMatchObject({ get: false })
  expect(nextHop(redirect(302), visited(20), strict)).toBe('too-many')
})
