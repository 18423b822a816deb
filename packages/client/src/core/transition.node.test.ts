import { describe, expect, test } from 'vitest'
import { get, start, accepted, timer, failed, brokenBody } from '../../test/machine/by-hand.ts'
import { broken } from '../../test/machine/facts.ts'

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
