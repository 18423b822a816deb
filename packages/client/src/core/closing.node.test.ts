import { expect, test } from 'vitest'
import { get, start, accepted } from '../../test/machine/by-hand.ts'

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
