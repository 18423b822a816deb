import { describe, expect, test } from 'vitest'
import {
  get,
  post,
  resuming,
  eventSource,
  start,
  accepted,
  byte,
  timer,
  failed,
  answered,
  brokenBody,
} from '../../test/machine/by-hand.ts'
import { broken, refused, unsent } from '../../test/machine/facts.ts'

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
