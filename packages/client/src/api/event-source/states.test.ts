import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isFirefox } from '../../../../../test/support/engine.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'
import { streamOf, timedSource } from '../../../test/support/timed-source.ts'

const silence = scenario([{ type: 'open' }, { type: 'hang' }])

test.skipIf(isFirefox)('open is a plain event that fires on headers, before any body byte', async () => {
  await using server = await play(silence)
  const source = new EventSource(server.url)
  const heard = hear(source, 'open')
  let state = -1
  source.onopen = () => {
    state = source.readyState
  }
  const open = await heard.nth('open')
  source.close()
  expect(state).toBe(1)
  expect('data' in open).toBe(false)
  expect(open).not.toBeInstanceOf(MessageEvent)
  expect([open.bubbles, open.cancelable, open.constructor]).toEqual([false, false, Event])
})

test('error comes with readyState CONNECTING, and open again with every reconnection', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'text', text: 'retry: 0\ndata: a\n\n' }, { type: 'end' }] },
      { steps: [{ type: 'event', data: 'b' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'open', 'message', 'error')
  const states: number[] = []
  for (const type of ['open', 'message', 'error']) {
    source.addEventListener(type, () => states.push(source.readyState))
  }
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['open', 'a', 'error', 'open', 'b'])
  expect(states).toEqual([1, 1, 0, 1, 1])
})

test('a feed that ends is no answer that was cut: the error says that it ended', async () => {
  const source = new EventSource('http://127.0.0.1/', {
    fetch: async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  })
  const error = await new Promise((resolve) =>
    source.addEventListener('error', (event) => resolve(event.error)),
  )
  source.close()
  expect(error).toMatchObject({ code: 'truncated', message: 'The event stream ended' })
})

test('an error event does not bubble and cannot be cancelled', async () => {
  const source = new EventSource('about:blank')
  const error = await hear(source, 'error').nth('error')
  expect([error.bubbles, error.cancelable, error.constructor]).toEqual([false, false, Event])
  expect('data' in error).toBe(false)
})

/** Replies of one message and a clean end. */
const polling = (text: string, random?: () => number) => timedSource(() => streamOf(text), random)

test.each([0, 0.999])(
  'the wait after a clean end is 3 s to 3.45 s by default, with dice at %f',
  async (dice) => {
    const { time, at, source } = polling('data: a\n\n', () => dice)
    await time.advance(4000)
    source.close()
    expect(at).toHaveLength(2)
    expect(at[1]).toBeGreaterThanOrEqual(3000)
    expect(at[1]).toBeLessThanOrEqual(3450)
  },
)

test('the wait is never shorter than the retry of the server, and is kept over reconnections', async () => {
  const { time, at, source } = timedSource((request) =>
    streamOf(request === 1 ? 'retry: 10000\ndata: a\n\n' : 'data: b\n\n'),
  )
  await time.advance(35_000)
  source.close()
  expect(at.length).toBe(4)
  for (const [n, moment] of at.entries())
    if (n > 0) expect(moment - (at[n - 1] ?? 0)).toBeGreaterThanOrEqual(10_000)
})

test('no request comes before the error event has fired', async () => {
  const { time, at, source } = polling('retry: 0\ndata: a\n\n')
  const requestsAtError: number[] = []
  source.onerror = () => requestsAtError.push(at.length)
  await time.advance(2000)
  source.close()
  expect(requestsAtError.slice(0, 3)).toEqual([1, 2, 3])
})

test('a failed connection tells one error and is never tried again', async () => {
  const { time, at, source } = timedSource((request) =>
    request === 1 ? new Response('', { status: 500, headers: streamOf('').headers }) : streamOf(''),
  )
  const heard = hear(source, 'open', 'error')
  await time.advance(600_000)
  expect([at.length, source.readyState, heard.log]).toEqual([1, 2, ['error']])
})

test('retry: false makes one attempt, and its end is an error and CLOSED', async () => {
  const time = virtualTime()
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    retry: false,
    fetch: async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  })
  const heard = hear(source, 'open', 'message', 'error')
  await time.advance(60_000)
  expect([source.readyState, heard.log]).toEqual([2, ['open', 'a', 'error']])
})
