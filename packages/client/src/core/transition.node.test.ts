import { describe, expect, test } from 'vitest'
import { broken, refused, reply, serverError, unsent } from '../../test/machine/facts.ts'
import { Machine } from '../../test/machine/machine.ts'
import { sample } from '../../test/machine/policies.ts'
import type { ConnectionOptions } from '../api/options.ts'
import { corsProbe } from './cors-probe.ts'
import type { Failure, ReplyFacts } from './failure.ts'
import type { Command, Result } from './input.ts'

const get = (options?: ConnectionOptions) => new Machine(sample('', {}, false, options).policy)
const post = (options?: ConnectionOptions) =>
  new Machine(sample('', { method: 'POST' }, false, options).policy)
const resuming = () => new Machine(sample('', { method: 'POST', resumes: true }, false).policy)
const eventSource = (method = 'GET') => new Machine(sample('', { standard: true, method }, false).policy)
const inPage = () => new Machine(sample('', { standard: true, probe: corsProbe }, false).policy)

const start = { type: 'start' } as const
const accepted: Result = { type: 'response', reply: reply() }
const byte = { type: 'first-byte' } as const
const event = { type: 'first-event' } as const
const timer = { type: 'timer' } as const
const wake = { type: 'wake', slept: 10_000 } as const
const failed = (failure: Failure): Result => ({ type: 'failed', failure })
const answered = (status: number, facts: Partial<ReplyFacts> = {}): Result => ({
  type: 'response',
  reply: reply({ status, ...facts }),
})
const ended: Result = { type: 'ended', failure: null, verdict: 'ended', hint: 'the server ended it' }
const truncated: Result = { type: 'ended', failure: null, verdict: 'truncated', hint: 'no [DONE]' }
const brokenBody: Result = { type: 'ended', failure: broken, verdict: 'truncated', hint: '' }

describe('epochs', () => {
  test('begin anew also where the wait changes its kind', () => {
    const offline = get().send(start).send(failed(broken)).send({ type: 'offline' })
    expect(offline.state.ledger.epoch).toBe(3)
    expect(get().send(start).send({ type: 'freeze' }).state.ledger.epoch).toBe(2)
  })

  test('a result of an attempt that was left changes nothing', () => {
    const machine = get().send(start)
    const { epoch } = machine.state.ledger
    machine.send({ type: 'reconnect' })
    const { state } = machine
    for (const result of [accepted, failed(broken), { type: 'timer' }, brokenBody] as const) {
      expect(machine.send(result, { epoch }).state).toBe(state)
      expect(machine.effect).toBeNull()
    }
  })

  test('every attempt, close() and reconnect() begins a new one; only attempts are counted as such', () => {
    const machine = get()
    const seen = [machine.state.ledger]
    for (const input of [start, failed(broken), timer, { type: 'reconnect' }] as const) {
      seen.push(machine.send(input).state.ledger)
    }
    seen.push(machine.send({ type: 'close', by: 'close', reason: null }).state.ledger)
    expect(seen.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5])
    expect(seen.map(({ attempt }) => attempt)).toEqual([0, 1, 1, 2, 3, 3])
  })

  test('closed is final', () => {
    const machine = get().send({ type: 'close', by: 'close', reason: null })
    const { state } = machine
    for (const input of [start, { type: 'reconnect' }, { type: 'online' }, accepted, timer] as const) {
      expect(machine.send(input).state).toBe(state)
      expect(machine.effect).toBeNull()
    }
  })
})

describe('failures', () => {
  test('make the next delay longer by 1.6 each', () => {
    const machine = get().send(start)
    const delays = [0, 1, 2].map(() => {
      const { delay } = machine.send(failed(broken))
      machine.send(timer)
      return delay
    })
    expect(delays).toEqual([1000, 1600, 2560])
  })

  test('are forgotten when a connection has lived 5 s, with or without an event', () => {
    for (const [lived, delay] of [
      [4999, 1600],
      [5000, 1000],
    ] as const) {
      const machine = get().send(start).send(failed(broken)).send(timer).send(accepted)
      expect(machine.send(brokenBody, { after: lived }).delay).toBe(delay)
    }
  })

  test('are forgotten 5 s after an event, over however many short connections', () => {
    for (const [since, delay] of [
      [4999, 1600],
      [5000, 1000],
    ] as const) {
      const machine = get().send(start).send(failed(broken)).send(timer)
      machine.send(accepted).send(event).send(ended, { after: 1000 }).send(timer, { after: 1000 })
      machine.send(accepted).send(event).send(ended, { after: 1000 }).send(timer, { after: 1000 })
      expect(machine.send(failed(broken), { after: since - 4000 }).delay).toBe(delay)
    }
  })

  test('are not forgotten by an event that came before the last failure', () => {
    const machine = get().send(start).send(accepted).send(event).send(brokenBody).send(timer)
    expect(machine.send(failed(broken), { after: 6000 }).delay).toBe(1600)
  })

  test('do not grow by clean ends after an event', () => {
    const machine = get().send(start)
    const delays = [0, 1, 2].map(() => {
      const { delay } = machine.send(accepted).send(event).send(ended)
      machine.send(timer)
      return delay
    })
    expect(delays).toEqual([1000, 1000, 1000])
  })

  test('grow by clean ends without an event: a server that ends at once is a broken one', () => {
    const machine = get().send(start)
    const delays = [0, 1, 2].map(() => {
      const { delay } = machine.send(accepted).send(ended)
      machine.send(timer)
      return delay
    })
    expect(delays).toEqual([1000, 1600, 2560])
  })

  test('of a subscription are tried again for ever', () => {
    const machine = get().send(start)
    for (let i = 0; i < 500; i++) machine.send(failed(broken)).send(timer)
    expect(machine.state.type).toBe('connecting')
  })
})

describe('the end of patience', () => {
  const limited = (retry: ConnectionOptions['retry']) => get({ retry: retry ?? {} }).send(start)

  test('maxAttempts counts consecutive attempts without an event', () => {
    const machine = limited({ maxAttempts: 3 })
    machine.send(failed(broken)).send(timer).send(failed(broken)).send(timer)
    machine.send(accepted).send(event).send(brokenBody).send(timer)
    for (let attempt = 2; attempt <= 3; attempt++) machine.send(failed(broken)).send(timer)
    expect(machine.state.type).toBe('connecting')
    machine.send(failed(broken))
    expect(machine.state).toMatchObject({
      type: 'closed',
      reason: { type: 'failed', failure: { code: 'retries-exhausted', limit: 'maxAttempts', cause: broken } },
    })
    expect(machine.effect?.type).toBe('closed')
  })

  test('maxElapsed counts from the last healthy moment, and ends before a wait that would pass it', () => {
    const machine = limited({ maxElapsed: 10_000 })
    // Healthy at 6 s, by the event: the connection lives too short to count by itself.
    machine.send(accepted, { after: 4000 }).send(event, { after: 2000 })
    machine.send(brokenBody, { after: 2000 }).send(timer, { after: 1000 })
    expect(machine.send(failed(broken), { after: 3400 }).delay).toBe(1600)
    machine.send(timer, { after: 1600 }).send(failed(broken))
    expect(machine.state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'retries-exhausted', limit: 'maxElapsed', cause: broken } },
    })
  })

  test('a wait that ends just when maxElapsed does is waited', () => {
    expect(limited({ maxElapsed: 1000 }).send(failed(broken)).delay).toBe(1000)
    expect(limited({ maxElapsed: 999 }).send(failed(broken)).state.type).toBe('closed')
  })

  test('a Retry-After beyond maxRetryAfter is not waited for: the error is given at once', () => {
    const machine = limited({ maxRetryAfter: 60_000 })
    const long = refused(503, { retryAfter: 60_001 })
    expect(
      machine.send(answered(503, { retryAfter: 60_001 })).send({ type: 'excerpt', refusal: { excerpt: '' } })
        .state,
    ).toMatchObject({
      type: 'closed',
      reason: { type: 'failed', failure: long },
    })
    const patient = limited({ maxRetryAfter: 60_000 })
    patient.send(answered(503, { retryAfter: 60_000 })).send({ type: 'excerpt', refusal: { excerpt: '' } })
    expect(patient.delay).toBe(60_000)
  })

  test('the total timeout ends it in every state', () => {
    const machine = post({ timeouts: { total: 5000 } })
      .send(start)
      .send(accepted)
      .send({ type: 'total-timeout', verdict: 'truncated' })
    expect(machine.state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'timeout', timeout: 'total', after: 5000 } },
    })
  })

  test('the total timeout is the end of an answer that is complete by then', () => {
    const machine = post({}).send(start).send(accepted).send({ type: 'total-timeout', verdict: 'complete' })
    expect(machine.state).toMatchObject({ type: 'closed', reason: { type: 'complete' } })
  })

  test('retry: false leaves one attempt, and no second one after sleep or thaw', () => {
    const once = () => get({ retry: false }).send(start)
    expect(once().send(failed(broken)).state).toMatchObject({ type: 'closed', reason: { failure: broken } })
    expect(once().send(accepted).send(ended).state).toMatchObject({
      type: 'closed',
      reason: { type: 'ended' },
    })
    expect(once().send(accepted).send(truncated).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'truncated', hint: 'no [DONE]' } },
    })
    expect(once().send(accepted).send(wake).state.type).toBe('open')
    expect(once().send(accepted).send({ type: 'freeze' }).state.type).toBe('open')
  })
})

test('the first event of a connection asks nothing of the driver', () => {
  expect(get().send(start).send(accepted).send(event).effect).toBeNull()
})

test('when() that says no ends a subscription as its body ended: cleanly, or before its terminator', () => {
  const never = () =>
    get({ retry: { when: () => false } })
      .send(start)
      .send(accepted)
      .send(event)
  expect(never().send(ended).state).toMatchObject({ type: 'closed', reason: { type: 'ended' } })
  expect(never().send(truncated).state).toMatchObject({ reason: { failure: { code: 'truncated' } } })
})

describe('retry from the server', () => {
  test('is the base of every later delay, until another one comes', () => {
    const machine = get().send(start).send(accepted).send({ type: 'retry', ms: 2000 })
    expect(machine.send(brokenBody).delay).toBe(2000)
    machine.send(timer)
    expect(machine.send(failed(broken)).delay).toBe(3200)
    machine.send(timer).send(accepted).send({ type: 'retry', ms: 700 }).send(event)
    expect(machine.send(ended).delay).toBe(700)
  })

  test.each([0, 1, 499])('of %d waits 500 ms', (ms) => {
    const machine = get().send(start).send(accepted).send({ type: 'retry', ms }).send(event)
    expect(machine.send(ended).delay).toBe(500)
  })

  test.each([3_600_001, 2_147_483_648, 1e20])('of %d waits an hour', (ms) => {
    const machine = get().send(start).send(accepted).send({ type: 'retry', ms })
    expect(machine.send(brokenBody).delay).toBe(3_600_000)
  })

  test('is the app’s own initialDelay until one came, also over an hour', () => {
    const machine = get({ retry: { initialDelay: 7_200_000 } }).send(start)
    expect(machine.send(failed(broken)).delay).toBe(7_200_000)
  })
})

describe('a refused reply', () => {
  test('is read for the error, then tried again or final', () => {
    const machine = get().send(start).send(answered(503))
    expect(machine.state.type).toBe('failing')
    expect(machine.effect).toEqual({ type: 'read-excerpt' })
    machine.send({ type: 'excerpt', refusal: { excerpt: 'busy' } })
    expect(machine.effectOf('wait')).toMatchObject({ failure: { excerpt: 'busy' }, delay: 1000 })
    machine
      .send(timer)
      .send(answered(404))
      .send({ type: 'excerpt', refusal: { excerpt: 'gone' } })
    expect(machine.state).toMatchObject({ type: 'closed', reason: { failure: { excerpt: 'gone' } } })
  })

  test('is not looked at by the class, as the standard says', () => {
    expect(eventSource().send(start).send(answered(500)).state).toMatchObject({
      type: 'closed',
      reason: { failure: refused(500) },
    })
  })

  test('of 401 is answered once with fresh headers after 500 ms, again only after an accepted reply', () => {
    const machine = post({ headers: () => ({}) }).send(start)
    const unauthorized = () => machine.send(answered(401)).send({ type: 'excerpt', refusal: { excerpt: '' } })
    expect(unauthorized().delay).toBe(500)
    machine.send(timer)
    expect(unauthorized().state.type).toBe('closed')
    const subscription = get({ headers: () => ({}) }).send(start)
    subscription
      .send(answered(401))
      .send({ type: 'excerpt', refusal: { excerpt: '' } })
      .send(timer)
    subscription.send(accepted).send(brokenBody).send(timer)
    subscription.send(answered(401)).send({ type: 'excerpt', refusal: { excerpt: '' } })
    expect(subscription.delay).toBe(500)
  })

  test('of 401 is answered once more when the fresh headers were not sent', () => {
    const machine = post({ headers: () => ({}) }).send(start)
    const unauthorized = () => machine.send(answered(401)).send({ type: 'excerpt', refusal: { excerpt: '' } })
    unauthorized().send(timer)
    machine.send(failed(unsent)).send(timer)
    expect(unauthorized().delay).toBe(500)
    machine.send(timer)
    expect(unauthorized().state.type).toBe('closed')
  })

  test('of 401 is not answered once more when the fresh headers were sent, and the connection broke', () => {
    const subscription = get({ headers: () => ({}) }).send(start)
    const unauthorized = () =>
      subscription.send(answered(401)).send({ type: 'excerpt', refusal: { excerpt: '' } })
    unauthorized().send(timer)
    subscription.send(failed(broken)).send(timer)
    expect(unauthorized().state.type).toBe('closed')
  })

  test('of 204 ends a subscription', () => {
    expect(get().send(start).send(answered(204)).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'no-content' } },
    })
  })

  test('of 204 to a resume leaves the answer what it was: cut', () => {
    const machine = resuming().send(start).send(accepted).send(byte)
    machine.send(brokenBody, { resumable: true }).send(timer).send(answered(204))
    expect(machine.state).toMatchObject({ type: 'closed', reason: { failure: broken } })
  })
})

describe('an answer', () => {
  test('ends with its body when no terminator was declared, and is asked for once', () => {
    expect(post().send(start).send(accepted).send(byte).send(ended).state).toMatchObject({
      type: 'closed',
      reason: { type: 'ended' },
    })
  })

  test('that ends before its terminator is truncated, or goes on through resume', () => {
    expect(post().send(start).send(accepted).send(byte).send(truncated).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'truncated', hint: 'no [DONE]' } },
    })
    const machine = resuming().send(start).send(accepted).send(byte).send(truncated, { resumable: true })
    expect(machine.send(timer).effectOf('connect')).toMatchObject({ sending: 'resume' })
    expect(machine.state.ledger.attempt).toBe(2)
  })

  test('is complete at its terminator, and after one with end: true when the body is over', () => {
    const complete = { type: 'closed', reason: { type: 'complete' } }
    expect(post().send(start).send(accepted).send({ type: 'finish' }).state).toMatchObject(complete)
    const whole: Result = { type: 'ended', failure: null, verdict: 'complete', hint: '' }
    expect(post().send(start).send(accepted).send(whole).state).toMatchObject(complete)
  })

  test('is over by a 204 to what reconnect() asked for: nothing had cut it', () => {
    const machine = resuming()
      .send(start)
      .send(accepted)
      .send(byte)
      .send({ type: 'reconnect' }, { resumable: true })
    expect(machine.send(answered(204)).state).toMatchObject({ reason: { failure: { code: 'no-content' } } })
  })

  test('whose resume has nothing to go on with ends with what cut it', () => {
    const machine = resuming().send(start).send(accepted).send(byte).send(brokenBody, { resumable: true })
    expect(machine.send(timer).send({ type: 'not-resumed' }).state).toMatchObject({
      type: 'closed',
      reason: { failure: broken },
    })
  })

  test('waits 10 min for its headers, and 30 s for those of a request that resumes it', () => {
    const machine = resuming().send(start)
    expect(machine.effectOf('connect')).toMatchObject({ timeout: 600_000 })
    machine.send(accepted).send(byte).send(brokenBody, { resumable: true }).send(timer)
    expect(machine.effectOf('connect')).toMatchObject({ timeout: 30_000 })
    expect(machine.send({ type: 'timer' }, { resumable: true }).effectOf('wait')).toMatchObject({
      failure: { code: 'timeout', timeout: 'headers', after: 30_000 },
    })
  })

  test('of an earlier cursor begins with resume, and is cut where that has nothing to go on with', () => {
    const cold = new Machine(sample('', { method: 'POST', resumes: true, cold: true }, true).policy)
    expect(cold.send(start).effectOf('connect')).toMatchObject({ sending: 'resume' })
    expect(cold.send({ type: 'not-resumed' }).state).toMatchObject({
      type: 'closed',
      reason: { type: 'failed', failure: { code: 'truncated', hint: '`resume` gave no request' } },
    })
  })

  test('whose first event is an error starts anew with the app’s own request', () => {
    const machine = post().send(start).send(accepted).send(byte)
    machine.send({ type: 'fail', failure: serverError({ first: true, retryAfter: 2000 }) })
    expect(machine.delay).toBe(2000)
    expect(machine.send(timer).effectOf('connect')).toMatchObject({ sending: 'request' })
    expect(machine.state.ledger.received).toBe(false)
  })

  test('of a protocol that needs no body is complete with its reply', () => {
    const machine = new Machine(sample('', { method: 'POST', accept: () => 'end' }, false).policy)
    machine.send(start).send(answered(202))
    expect(machine.effect?.type).toBe('open')
    expect(machine.state).toMatchObject({ type: 'open', body: 'end' })
    machine.send({ type: 'finish' })
    expect(machine.state).toMatchObject({ type: 'closed', reason: { type: 'complete' } })
  })
})

describe('the class with another method', () => {
  test('sends all of it again once the server has sent an ID', () => {
    const machine = eventSource('POST').send(start).send(accepted).send(byte).send(event)
    machine.send(ended, { resumable: true })
    expect(machine.send(timer).effectOf('connect')).toMatchObject({ sending: 'request' })
  })

  test('without an ID ends with not-repeated, whether the body broke, ended or never came', () => {
    const closed = (cause: object) => ({
      type: 'closed',
      reason: { failure: { code: 'not-repeated', method: 'POST', cause } },
    })
    const opened = () => eventSource('POST').send(start).send(accepted).send(byte)
    expect(opened().send(brokenBody).state).toMatchObject(closed(broken))
    expect(opened().send(ended).state).toMatchObject(closed({ code: 'truncated' }))
    expect(eventSource('POST').send(start).send(failed(broken)).state).toMatchObject(closed(broken))
  })

  test('keeps the status that refuses it as its error', () => {
    const { policy } = sample('', { standard: true, method: 'POST' }, false, { retry: { statuses: [503] } })
    expect(new Machine(policy).send(start).send(answered(503)).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'http-status' } },
    })
  })

  test('is sent again when it was not sent at all', () => {
    expect(eventSource('POST').send(start).send(failed(unsent)).delay).toBe(3000)
  })
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

describe('a failed request in a page', () => {
  /** All that a page sees of a reply to a `no-cors` request. */
  const opaque = answered(0, { mediaType: '' })

  test('is final when a probe shows that the server answers, and one more request fails', () => {
    const machine = inPage().send(start).send(failed(broken))
    expect(machine.effect).toEqual({ type: 'connect', sending: 'probe', timeout: 30_000 })
    machine.send(opaque)
    expect(machine.effectOf('connect')).toMatchObject({ sending: 'again' })
    machine.send(failed(broken))
    expect(machine.state).toMatchObject({
      type: 'closed',
      reason: {
        failure: { code: 'network', fatal: true, cause: broken.code === 'network' ? broken.cause : null },
      },
    })
  })

  test('was a passing fault when the confirming request is answered', () => {
    const machine = inPage().send(start).send(failed(broken)).send(opaque)
    expect(machine.send(accepted).state.type).toBe('open')
  })

  test('is tried again when nobody answers the probe', () => {
    const machine = inPage().send(start).send(failed(broken)).send(failed(unsent))
    expect(machine.effectOf('wait')).toEqual({ type: 'wait', failure: broken, delay: 3000 })
  })

  test('is not probed after a first success, nor when the error is final by itself', () => {
    const machine = inPage().send(start).send(accepted).send(brokenBody).send(timer)
    expect(machine.send(failed(broken)).state.type).toBe('waiting')
    const fatal: Failure = { code: 'network', cause: null, unsent: false, fatal: true }
    expect(inPage().send(start).send(failed(fatal)).state.type).toBe('closed')
  })

  test('is not probed when no request could be made', () => {
    const invalid: Failure = { code: 'invalid-option', message: 'headers() gave none' }
    expect(inPage().send(start).send(failed(invalid)).state).toMatchObject({ reason: { failure: invalid } })
    const threw: Failure = { ...invalid, code: 'invalid-option', cause: null, unsent: true, fatal: false }
    const machine = inPage().send(start).send(failed(threw))
    expect(machine.effectOf('wait')).toMatchObject({ failure: threw, delay: 3000 })
  })

  test('is not probed where nobody asked for it', () => {
    expect(eventSource().send(start).send(failed(broken)).state.type).toBe('waiting')
  })

  test('waits for the probe no longer than for headers', () => {
    const machine = inPage().send(start).send(failed(broken)).send({ type: 'timer' })
    expect(machine.state.type).toBe('waiting')
  })

  test('may be a final one once a probe shows that the server answers', () => {
    const fatal: Failure = { code: 'network', cause: null, unsent: false, fatal: true }
    const machine = inPage().send(start).send(failed(broken)).send(opaque).send(failed(fatal))
    expect(machine.state).toMatchObject({ type: 'closed', reason: { failure: fatal } })
  })
})

describe('without a network', () => {
  const offline = { type: 'offline' } as const
  const online = { type: 'online' } as const

  test('a wait has no timer until it is back, then 500 to 1000 ms', () => {
    const machine = get().send(start).send(failed(broken)).send(offline, { after: 10 })
    expect(machine.effect).toEqual({ type: 'wait', failure: null, delay: null })
    expect(machine.state).toMatchObject({ type: 'waiting', until: 'online' })
    machine.send(online, { after: 60_000, random: 0.5 })
    expect(machine.effect).toEqual({ type: 'wait', failure: null, delay: 750 })
    expect(machine.state).toMatchObject({ until: 60_760 })
  })

  test('a connection is left alone; when it breaks, the wait is for the network', () => {
    const machine = get().send(start).send(accepted).send(offline)
    expect(machine.state.type).toBe('open')
    machine.send(brokenBody)
    expect(machine.effect).toEqual({ type: 'wait', failure: broken, delay: null })
    expect(machine.state).toMatchObject({ type: 'waiting', until: 'online' })
  })

  test('neither a timer nor sleep ends the wait', () => {
    const machine = get().send(start).send(failed(broken)).send(offline)
    expect(machine.send(timer).state).toMatchObject({ until: 'online' })
    expect(machine.send(wake).state).toMatchObject({ until: 'online' })
  })

  test('a network that comes back at once does not shorten what the server asked for', () => {
    const machine = get()
      .send(start)
      .send(answered(503, { retryAfter: 8000 }))
      .send({ type: 'excerpt', refusal: { excerpt: '' } })
    machine.send(offline, { after: 1000 })
    expect(machine.send(online, { after: 2000 }).delay).toBe(5000)
  })

  test('reconnect() tries at once: the page may be wrong about the network', () => {
    const machine = get().send(start).send(failed(broken)).send(offline).send({ type: 'reconnect' })
    expect(machine.state.type).toBe('connecting')
  })

  test('coming and going is remembered in every other state', () => {
    for (const before of [[], [start], [start, accepted], [start, answered(503)]]) {
      const machine = get()
      for (const input of before) machine.send(input)
      const { type } = machine.state
      expect(machine.send(offline).state).toMatchObject({ type, ledger: { online: false } })
      expect(machine.send(online).state).toMatchObject({ type, ledger: { online: true } })
    }
  })

  test('news of it again changes nothing', () => {
    const machine = get().send(start).send(failed(broken)).send(offline)
    const { ledger } = machine.state
    expect(machine.send(offline).state.ledger).toEqual(ledger)
    expect(machine.effect).toBeNull()
    const waiting = get().send(start).send(failed(broken))
    expect(waiting.send(online).effect).toBeNull()
  })
})

describe('in the back/forward cache', () => {
  const freeze = { type: 'freeze' } as const
  const thaw = { type: 'thaw' } as const

  test('a subscription closes, and reopens at once when the page is back', () => {
    const machine = get().send(start).send(accepted).send(freeze)
    expect(machine.effect).toEqual({ type: 'wait', failure: null, delay: null })
    expect(machine.state).toMatchObject({ type: 'waiting', until: 'thaw' })
    expect(machine.send(thaw).effect?.type).toBe('connect')
    expect(machine.state.ledger.attempt).toBe(2)
  })

  test('a wait keeps no timer', () => {
    const machine = get().send(start).send(failed(broken)).send(freeze)
    expect(machine.effect).toEqual({ type: 'wait', failure: null, delay: null })
  })

  test('a network that comes and goes starts nothing', () => {
    const machine = get().send(start).send(accepted).send(freeze).send({ type: 'offline' })
    expect(machine.send({ type: 'online' }).state).toMatchObject({ until: 'thaw' })
    machine.send({ type: 'offline' }).send(thaw)
    expect(machine.state).toMatchObject({ type: 'waiting', until: 'online' })
    expect(machine.send({ type: 'online' }).delay).toBe(500)
  })

  test('an answer stays what it is unless it can be resumed', () => {
    const opened = () => resuming().send(start).send(accepted).send(byte)
    expect(opened().send(freeze).state.type).toBe('open')
    expect(opened().send(freeze, { resumable: true }).state).toMatchObject({ until: 'thaw' })
  })

  test('a wait that the server asked for goes on there, and its failure is not forgotten', () => {
    const failure = refused(503, { retryAfter: 9000 })
    const frozen = () => get().send(start).send(failed(failure)).send(freeze)
    const back = frozen().send(thaw, { after: 4000 })
    expect([back.delay, back.state]).toMatchObject([5000, { until: 9000, failure }])
    expect(frozen().send(thaw, { after: 9000 }).state).toMatchObject({ type: 'connecting', cause: failure })
    expect(frozen().send(thaw, { after: 8999, random: 0.5 }).delay).toBe(750)
    const offline = frozen().send({ type: 'offline' }).send(thaw, { after: 4000 })
    expect(offline.send({ type: 'online' }).delay).toBe(5000)
  })

  test('thaw means nothing to what was not frozen', () => {
    const machine = get().send(start).send(failed(broken))
    const { state } = machine
    expect(machine.send(thaw).state).toBe(state)
  })
})

describe('after the machine slept', () => {
  test('an open subscription is asked for again, a wait is over', () => {
    expect(get().send(start).send(accepted).send(wake).state.type).toBe('connecting')
    expect(get().send(start).send(failed(broken)).send(wake).state.type).toBe('connecting')
  })

  test.each([
    ['Retry-After', failed(refused(503, { retryAfter: 120_000 })), 119_000],
    ['retry', failed(broken), 59_000],
  ])(
    'a wait that the server asked for by %s goes on for as long as the sleep has left of it',
    (_, failure, left) => {
      const waiting = () => get().send(start).send({ type: 'retry', ms: 60_000 }).send(failure)
      const slept = waiting().send({ type: 'wake', slept: 10_000 }, { after: 1000 })
      expect(slept.delay).toBe(left - 10_000)
      expect(slept.send(timer, { after: left - 10_000 }).effect?.type).toBe('connect')
      expect(waiting().send({ type: 'wake', slept: left }, { after: 1000 }).effect?.type).toBe('connect')
      expect(waiting().send({ type: 'wake', slept: left - 1 }, { after: 1000, random: 0.5 }).delay).toBe(750)
    },
  )

  test('a wait without a timer has the sleep behind it, too', () => {
    const parked = (how: Command) => {
      const machine = get()
        .send(start)
        .send(failed(refused(503, { retryAfter: 120_000 })))
        .send(how)
      return machine.send({ type: 'wake', slept: 100_000 })
    }
    expect(parked({ type: 'offline' }).send({ type: 'online' }).delay).toBe(20_000)
    expect(parked({ type: 'freeze' }).send({ type: 'thaw' }).delay).toBe(20_000)
  })

  test('an answer goes on only through resume', () => {
    const opened = () => resuming().send(start).send(accepted).send(byte)
    expect(opened().send(wake).state.type).toBe('open')
    expect(opened().send(wake, { resumable: true }).effectOf('connect')).toMatchObject({
      sending: 'resume',
    })
  })

  test('without a network it waits for that', () => {
    const machine = get().send(start).send(accepted).send({ type: 'offline' }).send(wake)
    expect(machine.state).toMatchObject({ type: 'waiting', until: 'online' })
    expect(machine.effect).toEqual({ type: 'wait', failure: null, delay: null })
  })
})

describe('reconnect()', () => {
  const reconnect = { type: 'reconnect' } as const

  test('goes on at once, without an error', () => {
    expect(get().send(start).send(accepted).send(reconnect).effect?.type).toBe('connect')
    expect(get().send(start).send(failed(broken)).send(reconnect).effect?.type).toBe('connect')
  })

  test('of an answer goes on through resume, and is its end where nothing can go on', () => {
    const opened = () => resuming().send(start).send(accepted).send(byte)
    expect(opened().send(reconnect, { resumable: true }).effectOf('connect')).toMatchObject({
      sending: 'resume',
    })
    const cause = {
      code: 'truncated',
      hint: 'reconnect() dropped the connection',
    }
    expect(opened().send(reconnect).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'not-repeated', method: 'POST', cause } },
    })
  })

  test('before the first byte sends the request again: the app says so', () => {
    expect(post().send(start).send(reconnect).effectOf('connect')).toMatchObject({
      sending: 'request',
    })
  })

  test('leaves events unread: what they mean still counts', () => {
    const left = () => get().send(start).send(accepted).send(reconnect)
    expect(left().send({ type: 'finish' }).state).toMatchObject({ reason: { type: 'complete' } })
    expect(left().send({ type: 'retry', ms: 4000 }).state.ledger.reconnectionTime).toBe(4000)
    expect(left().send(byte).state.ledger.received).toBe(true)
    expect(left().send({ type: 'fail', failure: serverError() }).state.type).toBe('closed')
  })

  test('is the answer to a passing error that is read from the connection it left', () => {
    const overloaded = { type: 'fail', failure: serverError({ first: true }) } as const
    const machine = get().send(start).send(accepted).send(reconnect).send(failed(broken))
    const { state } = machine
    expect(machine.send(overloaded).state).toBe(state)
    expect(machine.effect).toBeNull()
    const never = get({ retry: false }).send(start).send(accepted).send(reconnect).send(overloaded)
    expect(never.state.type).toBe('closed')
  })
})

test('a function of the app that throws ends it with the error', () => {
  const cause = new TypeError('thrown by when()')
  const machine = get().send(start).send({ type: 'defect', cause })
  expect(machine.state).toMatchObject({
    type: 'closed',
    reason: { failure: { code: 'invalid-option', message: expect.stringContaining('`when`'), cause } },
  })
})

test('close() tells no error and is final', () => {
  const reason = { type: 'stopped', by: 'signal', reason: 'enough' } as const
  for (const before of [[], [start, accepted]]) {
    const machine = get()
    for (const input of before) machine.send(input)
    machine.send({ type: 'close', by: 'signal', reason: 'enough' })
    expect(machine.effect).toEqual({ type: 'closed', reason })
    expect(machine.state).toMatchObject({ type: 'closed', reason })
  }
})
