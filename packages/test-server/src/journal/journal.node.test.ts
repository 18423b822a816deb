import { expect, onTestFinished, test, vi } from 'vitest'
import { Gates } from './gates.ts'
import { Journal } from './journal.ts'

const request = { method: 'GET', url: '/', headers: {}, lastEventId: null, body: '', at: 0 }

test('until() rejects with what its condition throws, and the exchange that changed goes on', async () => {
  const journal = new Journal()
  const waiting = journal.until(({ requests }) => {
    if (requests.length > 0) throw new RangeError('no such header')
    return false
  })
  const begun = journal.begin(request)
  await expect(waiting).rejects.toThrow('no such header')
  begun.change({ state: 'end' })
  expect(journal.closed).toBe(1)
})

test('until() with a signal that has aborted gives what holds now', async () => {
  const journal = new Journal()
  expect(await journal.until(() => false, AbortSignal.abort())).toBe(false)
  expect(await journal.until(() => true, AbortSignal.abort())).toBe(true)
})

test.each([Number.NaN, 0, -1, 1.5])(
  'a gate opened %d times is refused, and works after that',
  async (times) => {
    const gates = new Gates()
    expect(() => gates.open('g', times)).toThrow(RangeError)
    gates.open('g')
    await gates.pass('g', new AbortController().signal)
  },
)

test('a gate opened Infinity times lets everyone pass', async () => {
  const gates = new Gates()
  gates.open('g', Number.POSITIVE_INFINITY)
  const { signal } = new AbortController()
  for (let reply = 0; reply < 3; reply += 1) await gates.pass('g', signal)
})

test('nextRequest() that waits in vain says which request, and what has come', async () => {
  const journal = new Journal()
  const soon = { within: 5 }
  await expect(journal.nextRequest(soon)).rejects.toThrow(
    'Request 1 did not come within 5 ms. There was no request so far.',
  )
  journal.preflight()
  journal.begin({ ...request, url: '/feed', lastEventId: '7' }).change({ status: 200, bytes: 11, gate: 'g' })
  await expect(journal.nextRequest(soon)).rejects.toThrow(
    'Request 2 did not come within 5 ms. So far, and 1 CORS preflight:\n  1. GET /feed from "7": 200, 11 bytes, open, at gate "g"',
  )
})

test('whenClosed() and whenAt() that wait in vain say for what', async () => {
  const journal = new Journal()
  await expect(journal.whenClosed(2, { within: 0 })).rejects.toThrow('The end of 2 exchanges')
  await expect(journal.whenAt('seen', { within: 0 })).rejects.toMatchObject({
    name: 'WaitTimeoutError',
    message: expect.stringContaining('A reply at gate "seen"'),
  })
})

test('a wait ends in real time, also where a test has faked timers', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  await expect(new Journal().nextRequest({ within: 1 })).rejects.toThrow('Request 1')
})

test('what comes while it is waited for is no error, and Infinity waits on', async () => {
  const journal = new Journal()
  const next = journal.nextRequest({ within: Number.POSITIVE_INFINITY })
  const closed = journal.whenClosed()
  journal.begin(request).change({ state: 'end' })
  expect(await next).toMatchObject({ number: 1 })
  await closed
})

test('a journal that forgets goes on counting, and numbers as before', async () => {
  const journal = new Journal({ limit: 5000 })
  const large = { ...request, body: 'x'.repeat(3000) }
  const first = journal.begin(large)
  const second = journal.begin(large)
  first.change({ state: 'aborted', bytes: 3 })
  second.change({ state: 'end', bytes: 4 })

  expect(journal.exchanges).toMatchObject([{ request: { number: 2 }, state: 'end', bytes: 4 }])
  const { forgotten, begun, closed, aborted, bytes } = journal
  expect({ forgotten, begun, closed, aborted, bytes }).toEqual({
    forgotten: 1,
    begun: 2,
    closed: 2,
    aborted: 1,
    bytes: 7,
  })
  await expect(journal.nextRequest()).rejects.toThrow('Request 1 is not kept any more.')
  expect(await journal.nextRequest()).toMatchObject({ number: 2 })
  await expect(journal.nextRequest({ within: 0 })).rejects.toThrow(
    'So far (1 more before these):\n  2. GET /',
  )
})

test('a journal keeps the newest request, however large', () => {
  const journal = new Journal({ limit: 10 })
  journal.begin(request)
  journal.begin({ ...request, url: '/newest' })
  expect(journal.requests).toMatchObject([{ url: '/newest' }])
})

test('`within` that is no time is refused', async () => {
  await expect(new Journal().whenClosed(1, { within: Number.NaN })).rejects.toThrow(RangeError)
})
