import { describe, expect, test } from 'vitest'
import { get, post, resuming, start, accepted, byte, failed } from '../../test/machine/by-hand.ts'
import { broken, serverError } from '../../test/machine/facts.ts'

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
