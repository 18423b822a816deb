import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { standStill } from '../../../../test/support/stand-still.ts'
import { Body, type Read } from '../io/body.ts'
import { patient } from './patient.ts'

/** A clock whose timers fire when they are told to, however late. */
function clock() {
  let now = 0
  const timers: { readonly ms: number; readonly wake: () => void; readonly unref: boolean }[] = []
  const sleep = (ms: number, wake: () => void, unref: boolean) => {
    const timer = { ms, wake, unref }
    timers.push(timer)
    return () => void timers.splice(timers.indexOf(timer), 1)
  }
  const runtime = { now: () => now, wall: () => now, random: () => 0.5, sleep }
  const fireAt = (ms: number) => {
    now = ms
    timers.shift()?.wake()
  }
  return { runtime, timers, fireAt }
}

test.each([
  ['that fires in time once more lets the process read first', 1000, 0],
  ['that is late is set again for as long', 1300, 300],
  ['that is very late is set again for no more than its whole time', 60_000, 1000],
  ['of less than a second is given up to a second more', 60_000, 1000, 5],
])('a timeout %s', (_, firedAt, again, ms = 1000) => {
  const { runtime, timers, fireAt } = clock()
  let passed = 0
  patient(runtime).sleep(ms, () => void passed++, true)
  fireAt(firedAt)
  expect(passed).toBe(0)
  expect(timers).toMatchObject([{ ms: again, unref: true }])
  fireAt(90_000)
  expect(passed).toBe(1)
  expect(timers).toEqual([])
})

test('a timeout is stopped before it fires and after', () => {
  const { runtime, timers, fireAt } = clock()
  patient(runtime).sleep(1000, () => {}, true)()
  expect(timers).toEqual([])
  const stop = patient(runtime).sleep(1000, () => {}, true)
  fireAt(5000)
  stop()
  expect(timers).toEqual([])
})

test('a wait that keeps the process alive is over when it is over', () => {
  const { runtime, fireAt } = clock()
  let passed = 0
  patient(runtime).sleep(1000, () => void passed++, false)
  fireAt(60_000)
  expect(passed).toBe(1)
})

test('a body is given time to decompress what came while the process stood still', async () => {
  const { runtime, timers, fireAt } = clock()
  let decompressed: (result: { done: false; value: Uint8Array }) => void = () => {}
  const read = () => new Promise<{ done: false; value: Uint8Array }>((resolve) => (decompressed = resolve))
  const body = new Body({ read, cancel: async () => {} }, runtime, { firstEvent: Infinity, idle: 1000 })
  const first = new Promise<Read>((resolve) => body.next(resolve))
  fireAt(60_000)
  // What remains to wait is no turn of the loop, which ends before another thread is done.
  expect(timers).toMatchObject([{ ms: 1000 }])
  decompressed({ done: false, value: Uint8Array.of(1) })
  expect(await first).toEqual(Uint8Array.of(1))
})

test('a request is no failure where the app blocked the process until its timeout', async () => {
  await using server = await play(scenario([{ type: 'event', data: '[DONE]' }, { type: 'end' }]))
  const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', timeouts: { headers: 500 } })
  const outcome = stream.done()
  // The request is on its way to the socket now.
  await Promise.resolve()
  standStill(800)
  expect(await outcome).toMatchObject({ type: 'complete', attempts: 1 })
})
