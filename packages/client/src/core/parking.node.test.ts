import { describe, expect, test } from 'vitest'
import { get, resuming, start, accepted, byte, timer, wake, failed } from '../../test/machine/by-hand.ts'
import { broken, refused } from '../../test/machine/facts.ts'
import type { Command } from './input.ts'

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
