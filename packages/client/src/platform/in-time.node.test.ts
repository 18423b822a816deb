import { afterEach, expect, test, vi } from 'vitest'
import { inTime } from './in-time.ts'

let now = 0
vi.spyOn(performance, 'now').mockImplementation(() => now)
afterEach(() => void vi.restoreAllMocks())

test('inTime() gives what is there at once to a quick consumer, lets a slow one wait for each, and pauses after 8 ms', async () => {
  let pauses = 0
  const source = {
    ready: () => 'at once',
    next: async () => ({ done: false, value: 'waited' }) as const,
    stop: () => {},
  }
  const steps = inTime(source, async () => void pauses++)
  const wait = async (worked: number) => {
    now += worked
    return (await steps.next()).value
  }
  const take = async (worked: number) => steps.ready?.() ?? (await wait(worked))

  // Nobody knows yet; then one took a hundredth of a ms.
  expect([await take(0), await take(0.01), await take(0.01)]).toEqual(['waited', 'waited', 'at once'])
  // The rest of a piece, at whose end the consumer has become slow.
  expect([await wait(9), pauses]).toEqual(['waited', 1])
  expect([await take(5), pauses]).toEqual(['waited', 1])
  expect([await take(5), pauses]).toEqual(['waited', 2])
})
