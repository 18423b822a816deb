import { describe, expect, test } from 'vitest'
import { answered, get, start } from '../../test/machine/by-hand.ts'
import { reply } from '../../test/machine/facts.ts'
import { Machine } from '../../test/machine/machine.ts'
import { sample } from '../../test/machine/policies.ts'
import type { RedirectFacts, ReplyFacts } from './failure.ts'
import type { Result } from './input.ts'
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

describe('redirects', () => {
  const hop = (to: string, facts: Partial<ReplyFacts> = {}): Result =>
    answered(302, { redirect: { url: to, sameOrigin: true, downgrade: false }, ...facts })

  test('are hops of one attempt, under one headers timeout', () => {
    const machine = get().send(start).send(hop('https://a.example/1'), { after: 10_000 })
    expect(machine.effect).toEqual({
      type: 'connect',
      sending: { url: 'https://a.example/1', sameOrigin: true, get: false },
      timeout: 20_000,
    })
    expect(machine.state.ledger).toMatchObject({ epoch: 1, attempt: 1 })
    machine.send(hop('https://a.example/2'), { after: 25_000 })
    expect(machine.effectOf('connect')).toMatchObject({ timeout: 0 })
    expect(machine.state).toMatchObject({ hops: ['https://a.example/1', 'https://a.example/2'] })
    expect(machine.send({ type: 'timer' }).effectOf('wait')).toMatchObject({
      failure: { code: 'timeout', timeout: 'headers', after: 30_000 },
    })
  })

  test('are taken before a protocol is asked what it makes of the reply', () => {
    const { policy } = sample('', { accept: () => 'stream' }, false)
    const machine = new Machine(policy).send(start).send(hop('https://a.example/1'))
    expect(machine.state).toMatchObject({ type: 'connecting', hops: ['https://a.example/1'] })
  })

  test('are refused like any other status where fetch would have followed them', () => {
    const { policy } = sample('', {}, false)
    const machine = new Machine({ ...policy, redirects: null }).send(start).send(hop('https://a.example/1'))
    expect(machine.state).toMatchObject({ type: 'failing', failure: { code: 'http-status' } })
  })

  test('in a loop are final at once', () => {
    const machine = get().send(start).send(hop('https://a.example/1')).send(hop('https://a.example/1'))
    expect(machine.state).toMatchObject({
      type: 'closed',
      reason: {
        failure: {
          code: 'redirect',
          reason: 'loop',
          message: 'A redirect was not followed (it leads back to a URL that was visited before)',
        },
      },
    })
  })
})
