import { fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'

/** Events of 1 kB, with IDs from `first` to 100, that come in one read. */
function rest(first: number): Response {
  const numbers = Array.from({ length: 101 - first }, (_, n) => first + n)
  const text = numbers.map((n) => `id: ${n}\ndata: ${'x'.repeat(1000)}\n\n`).join('')
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}

test('a large read is parsed 32 KB at a time', async () => {
  const parsed: number[] = []
  const stream = fetchEventStream('http://a.test/', {
    method: 'POST',
    fetch: async () => rest(1),
    observe: ({ type, received }) => type === 'event' && parsed.push(received),
  })
  for await (const _ of stream);

  expect(parsed).toHaveLength(100)
  expect(parsed[0]).toBe(32 * 1024)
  expect(new Set(parsed).size).toBe(4)
})

test('reconnect() leaves what was read and not parsed to the reply that goes on', async () => {
  const stream = fetchEventStream('http://a.test/', {
    retry: { initialDelay: 0, jitter: 0 },
    fetch: async (_, init) => rest(1 + Number(new Headers(init?.headers).get('last-event-id'))),
  })
  const ids: string[] = []
  for await (const { lastEventId } of stream) {
    if (ids.push(lastEventId) === 1) stream.reconnect()
    if (lastEventId === '100') break
  }

  expect(ids).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 1)))
})
