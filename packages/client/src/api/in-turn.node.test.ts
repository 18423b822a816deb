import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anotherTask } from '#platform'
import { deferred } from './deferred.ts'
import { InTurn } from './in-turn.ts'

let now = 0
// In each test: by the real clock a busy machine makes a slow consumer of a quick one.
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => now))
afterEach(() => void vi.restoreAllMocks())

test('next() gives what is there at once to a quick consumer, lets a slow one wait for each, and pauses after 8 ms', async () => {
  let there = 1
  const each = new InTurn<string>({
    ready: () => (there-- > 0 ? 'at once' : null),
    next: async () => ({ done: false, value: 'waited' }),
    stop: () => {},
  })
  const take = async (worked: number) => {
    now += worked
    // In Node immediates run in their order: this one before that of a pause.
    let paused = false
    void anotherTask().then(() => (paused = true))
    const { value } = await each.next()
    return paused ? `${value}, after a pause` : value
  }

  // Nobody knows yet; then one took a hundredth of a ms.
  expect([await take(0), await take(0.01), await take(0.01)]).toEqual(['waited', 'waited', 'at once'])
  expect(await take(9)).toBe('waited, after a pause')
  there = 5
  expect([await take(5), await take(5)]).toEqual(['waited', 'waited, after a pause'])
})

test('next() pauses where the steps themselves have taken 8 ms', async () => {
  const each = new InTurn<number>({
    next: async () => ({ done: false, value: (now += 9) }),
    stop: () => {},
  })
  const isPaused = async () => {
    let paused = false
    void anotherTask().then(() => (paused = true))
    await each.next()
    return paused
  }

  expect([await isPaused(), await isPaused()]).toEqual([false, true])
})

test('next() gives nothing at once while an earlier call waits', async () => {
  const slow = deferred<number>()
  const slower = deferred<number>()
  const results = [1, 2, slow.promise, 4, slower.promise, 6]
  let there: number | null = 0
  const each = new InTurn<number>({
    ready: () => there,
    next: async () => ({ done: false, value: (await results.shift()) ?? NaN }),
    stop: () => {},
  })
  await each.next()
  const second = each.next()
  const third = each.next()
  expect((await second).value).toBe(2)
  const fourth = each.next()
  slow.resolve(3)

  expect([(await third).value, (await fourth).value]).toEqual([3, 4])
  expect((await each.next()).value).toBe(0)

  there = null
  const fifth = each.next()
  there = 0
  const sixth = each.next()
  slower.resolve(5)
  expect([(await fifth).value, (await sixth).value]).toEqual([5, 6])
})
