import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

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
