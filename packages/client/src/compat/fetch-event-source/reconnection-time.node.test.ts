import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchEventSource } from '@millrace/client/fetch-event-source'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const reply = (body: string) => async () =>
  new Response(body, { headers: { 'content-type': 'text/event-stream' } })

/** A fetch of so many turns, and a source that asks again when the first body has ended. */
function read(...turns: (() => Promise<Response>)[]) {
  const fetch = vi.fn(() => turns[Math.min(fetch.mock.calls.length, turns.length) - 1]?.() ?? reply('')())
  let ends = 0
  const onclose = () => {
    ends += 1
    if (ends === 1) throw new RangeError('too early')
  }
  return { fetch, reading: fetchEventSource('http://mill.test/', { fetch, onclose, onerror: () => {} }) }
}

test.each([
  ['a second where the server names no time', 'data: one\n\n', 1000],
  ['as long as the server asks, if that is longer', 'retry: 2000\ndata: one\n\n', 2000],
  ['as long as the server asks, if that is shorter', 'retry: 700\n\n', 700],
  ['half a second where the server asks for none', 'retry: 0\n\n', 500],
  ['an hour where the server asks for a year', 'retry: 31557600000\n\n', 3_600_000],
])('fetchEventSource() waits %s before it asks again because onclose threw', async (_, body, delay) => {
  const { fetch, reading } = read(reply(body), reply('data: two\n\n'))
  await vi.advanceTimersByTimeAsync(delay - 1)
  expect(fetch).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(fetch).toHaveBeenCalledTimes(2)
  await reading
})

test('fetchEventSource() holds to the time that the server asked for after that, too', async () => {
  const down = () => Promise.reject(new TypeError('down'))
  const { fetch, reading } = read(reply('retry: 2000\n\n'), down, reply('data: two\n\n'))
  await vi.advanceTimersByTimeAsync(2000)
  expect(fetch).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(1999)
  expect(fetch).toHaveBeenCalledTimes(2)
  // Chance adds three quarters at most.
  await vi.advanceTimersByTimeAsync(1501)
  expect(fetch).toHaveBeenCalledTimes(3)
  await reading
})
