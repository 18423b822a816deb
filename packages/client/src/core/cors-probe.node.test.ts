import { describe, expect, test } from 'vitest'
import {
  eventSource,
  inPage,
  start,
  accepted,
  timer,
  failed,
  answered,
  brokenBody,
} from '../../test/machine/by-hand.ts'
import { broken, unsent } from '../../test/machine/facts.ts'
import type { Failure } from './failure.ts'

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

  test('says what is known of it: that CORS refused it, unless its failure names a likelier reason', () => {
    const refused = (failure: Failure) =>
      inPage().send(start).send(failed(failure)).send(opaque).send(failed(failure)).state
    const bare: Failure = { code: 'network', cause: null, unsent: false, fatal: false }
    expect(refused(bare)).toMatchObject({ reason: { failure: { hint: expect.stringContaining('CORS') } } })
    const hinted: Failure = { ...bare, hint: 'its preflight' }
    expect(refused(hinted)).toMatchObject({ reason: { failure: { hint: 'its preflight', fatal: true } } })
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
