import { EventSource } from '@millrace/client'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('asks again', async () => {
  vi.useFakeTimers()
  // A new Response for each call: a body can be read once.
  const fetch = vi.fn(
    async () => new Response('id: 7\ndata: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  )
  vi.stubGlobal('fetch', fetch)
  const source = new EventSource('https://api.example.com/prices')
  await vi.advanceTimersByTimeAsync(0) // events come in tasks, which are faked, too
  expect(fetch).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(5000)
  expect(fetch).toHaveBeenCalledTimes(2)
  source.close()
})
