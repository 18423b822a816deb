import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'
import { timedSource } from '../../../test/support/timed-source.ts'

/** A source whose connections stay open until `drop`, on a virtual clock. */
function lasting() {
  const time = virtualTime()
  const at: number[] = []
  let drop: () => void = () => {}
  let aborted = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      at.push(time.runtime.now())
      init?.signal?.addEventListener('abort', () => aborted++)
      const body = new ReadableStream({
        start: (controller) => {
          drop = () => controller.error(new TypeError('network error'))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  onTestFinished(() => source.close())
  const heard = hear(source, 'open', 'error')
  return { time, at, source, heard, drop: () => drop(), aborted: () => aborted }
}

function pageEvent(type: string, persisted: boolean): Event {
  return Object.defineProperty(new Event(type), 'persisted', { value: persisted })
}

afterEach(() => window.dispatchEvent(new Event('online')))

test('offline parks the next attempt; online makes it after 500 to 1000 ms', async () => {
  const { time, at, source, drop } = lasting()
  await time.advance(10)
  window.dispatchEvent(new Event('offline'))
  drop()
  await time.advance(600_000)
  expect([at.length, source.readyState]).toEqual([1, 0])
  window.dispatchEvent(new Event('online'))
  await time.advance(499)
  expect(at).toHaveLength(1)
  await time.advance(501)
  expect(at).toHaveLength(2)
})

test('while it is offline no attempt is told as scheduled', async () => {
  const time = virtualTime()
  const told: string[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      window.dispatchEvent(new Event('offline'))
      throw new TypeError('network error')
    },
    observe: ({ type }) => told.push(type),
  })
  onTestFinished(() => source.close())
  await time.advance(10)
  expect(told).toEqual(['attempt', 'error'])
  window.dispatchEvent(new Event('online'))
  expect(told).toEqual(['attempt', 'error', 'scheduled'])
})

test('a connection that survives being offline is left alone', async () => {
  const { time, at, source } = lasting()
  await time.advance(10)
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  await time.advance(60_000)
  expect([at.length, source.readyState]).toEqual([1, 1])
})

test('a page that enters the back/forward cache lets go of its connection, and opens it when it comes back', async () => {
  const { time, at, source, heard, aborted } = lasting()
  await time.advance(10)
  window.dispatchEvent(pageEvent('pagehide', true))
  await time.advance(600_000)
  expect([at.length, aborted(), source.readyState]).toEqual([1, 1, 0])
  window.dispatchEvent(pageEvent('pageshow', true))
  await time.advance(10)
  expect([at.length, source.readyState, heard.log]).toEqual([2, 1, ['open', 'open']])
})

test('pageshow of a page that was not cached, and a page that is hidden, change nothing', async () => {
  const { time, at, source } = lasting()
  await time.advance(10)
  window.dispatchEvent(pageEvent('pagehide', false))
  window.dispatchEvent(pageEvent('pageshow', false))
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await time.advance(60_000)
  expect([at.length, source.readyState]).toEqual([1, 1])
})

test('after a sleep of the machine the connection is made anew as soon as the page is shown', async () => {
  const { time, at, source, heard } = lasting()
  await time.advance(10)
  time.suspend(3_600_000)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await time.advance(10)
  expect([at.length, source.readyState, heard.log]).toEqual([2, 1, ['open', 'open']])
})

test('close() stops listening to the page', async () => {
  const { time, at, source } = lasting()
  await time.advance(10)
  source.close()
  expect(time.due).toEqual([])
  window.dispatchEvent(pageEvent('pageshow', true))
  await time.advance(10_000)
  expect(at).toHaveLength(1)
})

test('a window that refuses signals of another realm, as jsdom with the AbortController of Node, is listened to, and let go of', async () => {
  const listening = new Map<unknown, string>()
  vi.stubGlobal('addEventListener', (type: string, heard: unknown, options?: AddEventListenerOptions) => {
    if (options?.signal !== undefined) throw new TypeError(`member 'signal' is not of type 'AbortSignal'`)
    listening.set(heard, type)
  })
  vi.stubGlobal('removeEventListener', (_: string, heard: unknown) => listening.delete(heard))
  onTestFinished(() => void vi.unstubAllGlobals())
  const { time, source } = lasting()
  await time.advance(10)
  expect(source.readyState).toBe(EventSource.OPEN)
  expect([...listening.values()].toSorted()).toEqual([
    'offline',
    'online',
    'pagehide',
    'pageshow',
    'visibilitychange',
  ])
  source.close()
  expect(listening.size).toBe(0)
})

test('a source made offline asks once, and again only when the network is back', async () => {
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'onLine'))
  const { time, at, source, heard, drop } = lasting()
  await time.advance(10)
  expect([at.length, source.readyState]).toEqual([1, 1])
  drop()
  await time.advance(600_000)
  expect([at.length, source.readyState]).toEqual([1, 0])
  expect(heard.all.at(-1)).toMatchObject({ error: { willRetry: true, delay: null } })
  window.dispatchEvent(new Event('online'))
  await time.advance(1000)
  expect(at).toHaveLength(2)
})

test('a network that comes and goes a hundred times makes no flood: 500 ms lie between two attempts', async () => {
  const { time, at, drop } = lasting()
  await time.advance(10)
  for (let n = 0; n < 100; n++) {
    drop()
    window.dispatchEvent(new Event('offline'))
    await time.advance(n % 7)
    window.dispatchEvent(new Event('online'))
    window.dispatchEvent(new Event('online'))
    await time.advance(n * 10)
  }
  const gaps = at.slice(1).map((moment, n) => moment - (at[n] ?? 0))
  expect(at.length).toBeGreaterThan(5)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500)
})

test('a page that goes to and fro while a server has asked for patience does not ask it sooner', async () => {
  const time = virtualTime()
  const at: number[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    retry: { statuses: [503] },
    fetch: async () => {
      at.push(time.runtime.now())
      return new Response(null, { status: 503, headers: { 'retry-after': '120' } })
    },
  })
  onTestFinished(() => source.close())
  await time.advance(1000)
  for (let n = 0; n < 5; n++) {
    window.dispatchEvent(pageEvent('pagehide', true))
    await time.advance(5000)
    window.dispatchEvent(pageEvent('pageshow', true))
    await time.advance(5000)
  }
  expect(at).toEqual([0])
  // The hour that the machine sleeps counts.
  time.suspend(3_600_000)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await time.advance(10)
  expect(at).toEqual([0, 51_000])
})

test('a sleep while a reply is waited for starts no second request: the headers timeout ends the first', async () => {
  const { time, at, source } = timedSource(() => new Promise(() => {}))
  onTestFinished(() => source.close())
  await time.advance(1000)
  time.suspend(3_600_000)
  await time.advance(28_000)
  expect(at).toHaveLength(1)
  await time.advance(6000)
  expect(at).toHaveLength(2)
})
