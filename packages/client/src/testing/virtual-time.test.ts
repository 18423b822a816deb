import { fakeFetch } from '@millrace/test-server/fetch'
import { scenario, type Scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { EventSource, fetchEventStream } from '@millrace/client'
import { virtualTime } from './virtual-time.ts'

test('virtualTime() lets a minute of a stream pass at once, as its example says', async () => {
  const { runtime, advance } = virtualTime()
  const steps = scenario([{ type: 'event', data: 'tick' }, { type: 'wait', ms: 60_000 }, { type: 'end' }])
  const fake = fakeFetch(steps, { runtime })
  const stream = fetchEventStream(fake.url, { runtime, fetch: fake.fetch, method: 'POST' })
  const outcome = stream.done()
  await advance(60_000)

  expect(await outcome).toMatchObject({ type: 'ended', events: 1 })
})

test('virtualTime() makes the delays of a subscription exact', async () => {
  const { runtime, advance, ...time } = virtualTime()
  const fake = fakeFetch(scenario([{ type: 'end' }]), { runtime })
  const scheduled: [number, number][] = []
  const source = new EventSource(fake.url, {
    runtime,
    fetch: fake.fetch,
    observe: (entry) => {
      if (entry.type === 'scheduled') scheduled.push([entry.at, entry.delay])
    },
  })
  await advance(20_000)
  source.close()

  // 3 s × 1.6 each, and half of 75 % on top: 4125, 6600, 10560.
  expect(scheduled).toEqual([
    [0, 4125],
    [4125, 6600],
    [10_725, 10_560],
  ])
  expect(time.due).toEqual([])
})

test('advance() goes on only when every event of the moment has been dispatched', async () => {
  const { runtime, advance } = virtualTime()
  const pieces = Array.from({ length: 40 }, (_, i) => ({ type: 'event', data: String(i) }) as const)
  const steps: Scenario = scenario([{ type: 'wait', ms: 1000 }, ...pieces, { type: 'hang' }])
  const fake = fakeFetch(steps, { runtime })
  const source = new EventSource(fake.url, { runtime, fetch: fake.fetch })
  const heard: string[] = []
  source.addEventListener('message', ({ data }) => heard.push(data))

  await advance(999)
  expect(heard).toEqual([])
  await advance(1)
  expect(heard).toHaveLength(40)
  source.close()
})

test('advance() runs what falls due in order, each at its moment, and what that sets in turn', async () => {
  const { runtime, advance } = virtualTime()
  const heard: string[] = []
  const tell = (what: string) => () => void heard.push(`${what} at ${runtime.now()}`)
  runtime.sleep(300, tell('third'), false)
  runtime.sleep(100, tell('first'), false)
  runtime.sleep(100, tell('second'), false)
  runtime.sleep(200, () => runtime.sleep(150, tell('set on the way'), false), false)
  runtime.sleep(1001, tell('later'), false)
  const stop = runtime.sleep(50, tell('stopped'), false)
  stop()
  await advance(1000)

  expect(heard).toEqual(['first at 100', 'second at 100', 'third at 300', 'set on the way at 350'])
  expect(runtime.now()).toBe(1000)
})

test('advance() lets promises run between two timers', async () => {
  const { runtime, advance } = virtualTime()
  const heard: string[] = []
  const sleep = (ms: number) => new Promise<void>((resolve) => void runtime.sleep(ms, resolve, false))
  const slow = async () => {
    await sleep(10)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    heard.push('promises')
  }
  runtime.sleep(11, () => void heard.push('timer'), false)
  void slow()
  await advance(20)

  expect(heard).toEqual(['promises', 'timer'])
})

test('due gives the moments of all that is set, in order', async () => {
  const time = virtualTime()
  for (const ms of [30, -5, 10]) time.runtime.sleep(ms, () => {}, false)
  expect(time.due).toEqual([0, 10, 30])
  await time.advance(10)
  expect(time.due).toEqual([30])
})

test('the wall clock starts where it is told to, and goes on while the machine sleeps', async () => {
  const time = virtualTime({ start: 1_700_000_000_000 })
  expect(time.runtime.wall()).toBe(1_700_000_000_000)
  await time.advance(5)
  time.suspend(3_600_000)
  expect(time.runtime.wall()).toBe(1_700_003_600_005)
  expect(time.runtime.now()).toBe(5)
})

test('the dice say 0.5, or what they are told to', () => {
  expect(virtualTime().runtime.random()).toBe(0.5)
  expect(virtualTime({ random: () => 0.25 }).runtime.random()).toBe(0.25)
})

test('advance() begins when the call before it is done: the clock never goes back', async () => {
  const { runtime, advance } = virtualTime()
  await Promise.all([advance(20), advance(10)])
  expect(runtime.now()).toBe(30)
})

test('advance() rejects with what a timer throws, at its moment, and the next call goes on from there', async () => {
  const { runtime, advance } = virtualTime()
  const woken: number[] = []
  runtime.sleep(5, () => void JSON.parse('{'), false)
  runtime.sleep(10, () => void woken.push(runtime.now()), false)
  await expect(advance(20)).rejects.toThrow(SyntaxError)
  expect(runtime.now()).toBe(5)
  await advance(5)
  expect(woken).toEqual([10])
})

test.each([Number.NaN, -5, Number.POSITIVE_INFINITY])('advance(%d) is refused', async (ms) => {
  const { runtime, advance } = virtualTime()
  await expect(advance(ms)).rejects.toThrow(RangeError)
  expect(runtime.now()).toBe(0)
})
