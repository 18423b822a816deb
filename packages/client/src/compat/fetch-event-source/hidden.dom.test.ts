import { scenario } from '@millrace/test-server/scenario'
import { afterEach, expect, test, vi } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { fetchEventSource } from '@millrace/client/fetch-event-source'

let visibility: DocumentVisibilityState = 'visible'
vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
afterEach(() => turn('visible'))

function turn(to: DocumentVisibilityState): void {
  visibility = to
  document.dispatchEvent(new Event('visibilitychange'))
}

const replies = scenario(
  [
    // A connection that is kept, Chromium reads for five seconds more after a reply that was let go.
    { type: 'headers', headers: { connection: 'close' } },
    { type: 'event', data: 'one', id: '1' },
    { type: 'gate', name: 'more' },
    { type: 'event', data: 'two' },
    { type: 'end' },
  ],
  [{ type: 'event', data: 'three', id: '3' }, { type: 'end' }],
)

test('fetchEventSource() keeps a POST open while the page is hidden, and sends no second one', async () => {
  await using server = await play(replies)
  const seen: string[] = []
  await fetchEventSource(server.url, {
    method: 'POST',
    openWhenHidden: false,
    onmessage: ({ data }) => {
      seen.push(data)
      if (data !== 'one') return
      turn('hidden')
      turn('visible')
      void server.release('more')
    },
  })

  expect(seen).toEqual(['one', 'two'])
  expect(await server.requests(1)).toHaveLength(1)
})

test('fetchEventSource() with openWhenHidden: false closes a GET while hidden, and goes on when shown', async () => {
  await using server = await play(replies)
  const seen: string[] = []
  const reading = fetchEventSource(server.url, {
    openWhenHidden: false,
    onmessage: ({ data }) => {
      seen.push(data)
      if (data === 'one') turn('hidden')
    },
  })
  await server.closed(1)
  expect(await server.requests(1)).toHaveLength(1)
  turn('visible')
  await reading

  expect(seen).toEqual(['one', 'three'])
  const [, second] = await server.requests(2)
  expect(second?.headers['last-event-id']).toBe('1')
})

test('fetchEventSource() resolves when its signal aborts while the page is hidden, and sends nothing more', async () => {
  await using server = await play(replies)
  const stop = new AbortController()
  const reading = fetchEventSource(server.url, {
    openWhenHidden: false,
    signal: stop.signal,
    onmessage: () => turn('hidden'),
  })
  await server.closed(1)
  stop.abort()
  await reading
  turn('visible')
  expect(await server.requests(1)).toHaveLength(1)
})
