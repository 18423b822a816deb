import { expect, test } from 'vitest'
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
