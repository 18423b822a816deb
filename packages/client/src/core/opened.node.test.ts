import { describe, expect, test } from 'vitest'
import {
  get,
  post,
  resuming,
  start,
  accepted,
  byte,
  event,
  timer,
  answered,
  ended,
  truncated,
  brokenBody,
} from '../../test/machine/by-hand.ts'
import { broken, serverError } from '../../test/machine/facts.ts'
import { Machine } from '../../test/machine/machine.ts'
import { sample } from '../../test/machine/policies.ts'
import type { Result } from './input.ts'

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

test('a subscription keeps the rhythm of a server that says the same at each poll', () => {
  const machine = get({ retry: { maxAttempts: 2 } }).send(start)
  const delays = [0, 1, 1, 1].map((repeated) => {
    const { delay } = machine.send(accepted).send(byte).send(event).send(ended, { repeated })
    machine.send(timer)
    return delay
  })

  expect(delays).toEqual([1000, 1000, 1000, 1000])
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

  test('of an earlier cursor is over by a 204, also after an attempt that brought no reply', () => {
    const cold = new Machine(sample('', { method: 'POST', resumes: true, cold: true }, true).policy)
    cold.send(start).send({ type: 'failed', failure: broken }, { resumable: true }).send(timer)
    expect(cold.send(answered(204)).state).toMatchObject({ reason: { failure: { code: 'no-content' } } })
  })

  test('whose first event is an error starts anew with the app’s own request', () => {
    const machine = post().send(start).send(accepted).send(byte)
    machine.send({ type: 'fail', failure: serverError({ first: true, retryAfter: 2000 }) })
    expect(machine.delay).toBe(2000)
    expect(machine.send(timer).effectOf('connect')).toMatchObject({ sending: 'request' })
    expect(machine.state.ledger.received).toBe(false)
  })

  test('that is resumed by a reply whose first event is an error is resumed again', () => {
    const machine = resuming().send(start).send(accepted).send(byte).send(event)
    machine.send(brokenBody, { resumable: true }).send(timer).send(accepted).send(byte)
    machine.send({ type: 'fail', failure: serverError({ first: true }) }, { resumable: true }).send(timer)
    expect(machine.effectOf('connect')).toMatchObject({ sending: 'resume' })
  })

  test('whose first event is an error has brought nothing, however long that took: five times is enough', () => {
    const machine = post({ retry: { unsafe: true } }).send(start)
    const refuse = () =>
      machine
        .send(accepted)
        .send(byte)
        .send(event)
        .send({ type: 'fail', failure: serverError({ first: true }) }, { after: 6000 })
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(refuse().effect?.type).toBe('wait')
      machine.send(timer)
    }

    expect(refuse().state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'retries-exhausted', limit: 'maxAttempts' } },
    })
  })

  test('is given up when five connections brought only what came before them, however long they lived', () => {
    const machine = resuming().send(start)
    const bring = (repeated: number) =>
      machine
        .send(accepted)
        .send(byte)
        .send(event)
        .send(truncated, { after: 60_000, resumable: true, repeated })
    bring(0).send(timer)
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(bring(3).effect?.type).toBe('wait')
      machine.send(timer)
    }

    expect(bring(3).state).toMatchObject({
      type: 'closed',
      reason: { failure: { code: 'retries-exhausted', limit: 'maxAttempts' } },
    })
  })

  test('waits longer and longer after connections that ended cleanly and brought only what came before them', () => {
    const machine = resuming().send(start)
    const delays = [0, 1, 1, 1].map((repeated) => {
      machine.send(accepted).send(byte).send(event).send(truncated, { resumable: true, repeated })
      const { delay } = machine
      machine.send(timer)
      return delay
    })

    expect(delays).toEqual([1000, 1000, 1600, 2560])
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
