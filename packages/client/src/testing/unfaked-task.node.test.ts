import { expect, onTestFinished, test, vi } from 'vitest'
import { virtualTime } from './virtual-time.ts'

test('advance() says so, in place of waiting for ever, where setImmediate is a fake one', async () => {
  onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers()
  const failed: unknown = await virtualTime()
    .advance(1)
    .catch((error: unknown) => error)

  expect(failed).toBeInstanceOf(TypeError)
  expect(String(failed)).toContain("vi.useFakeTimers({ toNotFake: ['setImmediate'] })")
})

test.each<[string, Parameters<typeof vi.useFakeTimers>[0]]>([
  ['setImmediate is left as it is', { toNotFake: ['setImmediate'] }],
  ['the fake time passes by itself', { shouldAdvanceTime: true }],
])('advance() moves the clock beside fake timers where %s', async (_, options) => {
  onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers(options)
  const { runtime, advance } = virtualTime()
  const woken: number[] = []
  runtime.sleep(5, () => void woken.push(runtime.now()), false)
  await advance(10)

  expect(woken).toEqual([5])
})
