import { fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'

/** Events of 1 kB, with IDs from `first` to `last`, that come in one read. */
function read(first: number, last: number): Response {
  const numbers = Array.from({ length: last + 1 - first }, (_, n) => first + n)
  const text = numbers.map((n) => `id: ${n}\ndata: ${'x'.repeat(1000)}\n\n`).join('')
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}

test('a large read is parsed 32 KB at a time', async () => {
  const parsed: number[] = []
  const stream = fetchEventStream('http://a.test/', {
    method: 'POST',
    fetch: async () => read(1, 100),
    observe: ({ type, received }) => type === 'event' && parsed.push(received),
  })
  for await (const _ of stream);

  expect(parsed).toHaveLength(100)
  expect(parsed[0]).toBe(32 * 1024)
  expect(new Set(parsed).size).toBe(4)
})

test('reconnect() leaves what was read and not parsed to the reply that goes on', async () => {
  const stream = fetchEventStream('http://a.test/', {
    fetch: async (_, init) => {
      const id = new Headers(init?.headers).get('last-event-id')
      return id === null ? read(1, 100) : read(Number(id) + 1, 110)
    },
  })
  const ids: string[] = []
  for await (const { lastEventId } of stream) {
    if (ids.push(lastEventId) === 1) stream.reconnect()
    if (lastEventId === '110') break
  }

  expect(ids).toEqual(Array.from({ length: 110 }, (_, n) => String(n + 1)))
})
