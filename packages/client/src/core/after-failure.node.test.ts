import { describe, expect, test } from 'vitest'
import {
  get,
  eventSource,
  start,
  accepted,
  byte,
  event,
  timer,
  failed,
  answered,
  ended,
  brokenBody,
} from '../../test/machine/by-hand.ts'
import { broken, unsent } from '../../test/machine/facts.ts'
import { Machine } from '../../test/machine/machine.ts'
import { sample } from '../../test/machine/policies.ts'

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
