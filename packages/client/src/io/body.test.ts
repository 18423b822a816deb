import { expect, test } from 'vitest'
import { virtualTime } from '../testing/virtual-time.ts'
import { Body, type Read } from './body.ts'
import { Rhythm } from './rhythm.ts'
import { sourceOf, type Source } from './source.ts'

const KiB = 1024

/** A source of chunks that are there at once; how many were taken. */
function plenty(size: number) {
  let taken = 0
  const source: Source = {
    read: async () => {
      taken += 1
      return { done: false, value: new Uint8Array(size) }
    },
    cancel: async () => {},
  }
  return { source, taken: () => taken }
}

/** A source that gives what it is told to, when it is told to. */
function fed() {
  const waiting: ((result: { done: boolean; value?: Uint8Array }) => void)[] = []
  let cancelled: unknown = null
  const source: Source = {
    read: () => new Promise((resolve) => void waiting.push(resolve)),
    cancel: async (reason) => {
      cancelled = reason
    },
  }
  return {
    source,
    give: (bytes: number) => waiting.shift()?.({ done: false, value: new Uint8Array(bytes) }),
    cancelled: () => cancelled,
  }
}

/** The next read, as a promise. */
const next = (body: Body): Promise<Read> => new Promise((resolve) => body.next(resolve))

const patient = { firstEvent: Infinity, idle: Infinity }
const idleAfter = (idle: number) => ({ ...patient, idle })

test('reads nothing before it is asked, then ahead by half a mebibyte', async () => {
  const { source, taken } = plenty(64 * KiB)
  const time = virtualTime()
  const body = new Body(source, time.runtime, patient)
  await time.advance(0)
  expect(taken()).toBe(0)

  await next(body)
  await time.advance(0)
  expect(taken()).toBe(9)
  await next(body)
  await next(body)
  await time.advance(0)
  expect(taken()).toBe(11)
})

test('reads a bounded number of chunks ahead, however small they are', async () => {
  const { source, taken } = plenty(1)
  const time = virtualTime()
  await next(new Body(source, time.runtime, patient))
  await expect.poll(() => taken()).toBe(8001)

  await time.advance(0)
  expect(taken()).toBe(8001)
})

test('lets a timer fire while a source answers at once, again and again', async () => {
  const { source, taken } = plenty(1)
  const body = new Body(source, virtualTime().runtime, patient)
  const fired = new Promise<'fired'>((resolve) => void setTimeout(resolve, 0, 'fired'))
  const read = async () => {
    while (taken() < 200_000) await next(body)
    return 'read'
  }

  expect(await Promise.race([fired, read()])).toBe('fired')
})

test('gives what had arrived before it tells that the body broke', async () => {
  const broken = new TypeError('terminated')
  const reads = [new Uint8Array(1), new Uint8Array(2)]
  const source: Source = {
    read: async () => {
      const value = reads.shift()
      if (value === undefined) throw broken
      return { done: false, value }
    },
    cancel: async () => {},
  }
  const time = virtualTime()
  const body = new Body(source, time.runtime, patient)
  await next(body)
  await time.advance(1000)

  expect(await next(body)).toMatchObject({ byteLength: 2 })
  expect(await next(body)).toMatchObject({ failure: { code: 'network', cause: broken } })
})

test('its clock runs only while the consumer waits', async () => {
  const { source, give } = fed()
  const time = virtualTime()
  const body = new Body(source, time.runtime, idleAfter(100))
  const first = next(body)
  await time.advance(99)
  give(1)
  expect(await first).toMatchObject({ byteLength: 1 })
  await time.advance(10_000)
  const second = next(body)
  await time.advance(99)
  expect(time.due).toHaveLength(1)
  await time.advance(1)

  expect(await second).toEqual({ failure: { code: 'timeout', timeout: 'idle', after: 100 } })
  expect(time.due).toEqual([])
})

test('a process that stood still for longer than a timeout reads what came meanwhile, then looks at the clock', async () => {
  const { source, give } = fed()
  const time = virtualTime()
  const body = new Body(source, time.runtime, idleAfter(100))
  const read = next(body)
  // Of two things due at one moment the first comes first: timers run before sockets are read.
  time.runtime.sleep(100, () => give(3), true)
  await time.advance(100)
  expect(await read).toHaveLength(3)

  const silence = next(body)
  await time.advance(100)
  expect(await silence).toMatchObject({ failure: { code: 'timeout', timeout: 'idle' } })
})

test('one timer serves all waits', async () => {
  const { source, give } = fed()
  const time = virtualTime()
  const body = new Body(source, time.runtime, idleAfter(100))
  for (let n = 0; n < 50; n += 1) {
    const read = next(body)
    await time.advance(1)
    give(1)
    await read
    expect(time.due.length).toBeLessThanOrEqual(1)
  }
  await body.cancel('over')

  expect(time.due).toEqual([])
})

test('what comes after a silence that was too long is not given', async () => {
  const { source, give } = fed()
  const time = virtualTime()
  const body = new Body(source, time.runtime, idleAfter(100))
  const silent = next(body)
  await time.advance(100)
  const over = await silent
  give(1)
  await time.advance(0)

  expect(await next(body)).toBe(over)
})

test('a source is not asked any more once its body is over', async () => {
  let asked = 0
  const source: Source = {
    read: async () => ({ done: ++asked > 0 }),
    cancel: async () => {},
  }
  const time = virtualTime()
  const body = new Body(source, time.runtime, patient)
  await next(body)
  await next(body)
  await time.advance(0)

  expect(asked).toBe(1)
})

test('cancel() lets go of a source that was silent for too long', async () => {
  const { source, cancelled } = fed()
  const time = virtualTime()
  const body = new Body(source, time.runtime, idleAfter(100))
  const silent = next(body)
  await time.advance(100)
  expect(await silent).toMatchObject({ failure: { timeout: 'idle' } })
  await body.cancel('dropped')

  expect(cancelled()).toBe('dropped')
})

test('a source whose cancel throws, as a reader made by hand may, can fall silent and be let go', async () => {
  const cancel = () => {
    throw new TypeError('no cancel here')
  }
  const time = virtualTime()
  const body = new Body({ ...fed().source, cancel }, time.runtime, idleAfter(100))
  const silent = next(body)
  await time.advance(100)

  expect(await silent).toMatchObject({ failure: { timeout: 'idle' } })
  await expect(body.cancel('dropped')).resolves.toBeUndefined()
})

test("once an event has come, the server's rhythm tells when it is silent for too long, however long the first one might have taken", async () => {
  const { source, give } = fed()
  const time = virtualTime()
  const rhythm = new Rhythm()
  const body = new Body(source, time.runtime, { firstEvent: 3_600_000, idle: null }, rhythm)
  for (let comment = 0; comment < 2; comment++) {
    const read = next(body)
    await time.advance(10_000)
    give(1)
    await read
    rhythm.beat(time.runtime.now())
    body.sawEvent()
  }
  const silence = next(body)
  await time.advance(60_000)

  expect(await silence).toEqual({ failure: { code: 'timeout', timeout: 'idle', after: 60_000 } })
})

test('cancel() ends a wait, drops what was read ahead, and tells the source why', async () => {
  const { source, cancelled } = fed()
  const body = new Body(source, virtualTime().runtime, patient)
  const read = next(body)
  await body.cancel('dropped')

  expect(await read).toEqual({ failure: null })
  expect(cancelled()).toBe('dropped')
})

test('cancel() after a break rejects nothing', async () => {
  const source: Source = {
    read: () => Promise.reject(new TypeError('x')),
    cancel: () => Promise.reject(new TypeError('x')),
  }
  const body = new Body(source, virtualTime().runtime, patient)
  await next(body)

  await expect(body.cancel('dropped')).resolves.toBeUndefined()
})

test('a read that brought nothing is followed by the next one', async () => {
  const reads = [{ done: false }, { done: false, value: new Uint8Array(3) }]
  const source: Source = { read: async () => reads.shift() ?? { done: true }, cancel: async () => {} }

  expect(await next(new Body(source, virtualTime().runtime, patient))).toHaveLength(3)
})

test.each<[string, () => unknown, object]>([
  ['throws', () => JSON.parse(''), { failure: { code: 'network', cause: expect.any(SyntaxError) } }],
  ['gives no promise', () => 1, { failure: { code: 'network', cause: expect.any(TypeError) } }],
  ['gives a promise of nothing', async () => {}, { failure: null }],
])('a reader that an app wrote by hand is over when its read() %s', async (_, read, expected) => {
  const source = sourceOf({ getReader: () => ({ read, cancel: async () => {} }) })

  expect(await next(new Body(source, virtualTime().runtime, patient))).toMatchObject(expected)
})
