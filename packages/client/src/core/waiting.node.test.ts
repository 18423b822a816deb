import { describe, expect, test } from 'vitest'
import {
  get,
  post,
  start,
  accepted,
  event,
  timer,
  wake,
  failed,
  answered,
  ended,
  truncated,
  brokenBody,
} from '../../test/machine/by-hand.ts'
import { broken, refused } from '../../test/machine/facts.ts'
import type { ConnectionOptions } from '../api/options.ts'

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
