import { EventSource, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'

const events = (text: string) => async () =>
  new Response(text, { headers: { 'content-type': 'text/event-stream' } })

test.each([
  ['open', 'attempt response open close'],
  ['event', 'attempt response open OPEN event close'],
  ['error', 'attempt response open OPEN event MESSAGE event MESSAGE error close'],
])('observe() is told nothing after close() at %s', async (at, told) => {
  const time = virtualTime()
  const log: string[] = []
  const source: EventSource = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: events('data: a\n\ndata: b\n\n'),
    observe: ({ type }) => {
      log.push(type)
      if (type === at) source.close()
    },
  })
  for (const type of ['open', 'message', 'error'])
    source.addEventListener(type, () => log.push(type.toUpperCase()))
  await time.advance(20_000)
  expect(log.join(' ')).toBe(told)
})

test.each<[string, EventSourceInit, string]>([
  ['a clean end', {}, 'attempt response open retry id event error scheduled attempt'],
  ['the end with retry: false', { retry: false }, 'attempt response open retry id event error close'],
  [
    'a total timeout',
    { timeouts: { total: 100 } },
    'attempt response open retry id event error scheduled error close',
  ],
])('observe() is told the whole sequence in order: %s', async (_, init, told) => {
  const time = virtualTime()
  const log: string[] = []
  const source = new EventSource('http://127.0.0.1/', {
    ...init,
    runtime: time.runtime,
    fetch: events('retry: 0\n\nid: 1\ndata: a\n\n'),
    observe: ({ type }) => log.push(type),
  })
  await time.advance(600)
  source.close()
  expect(log.join(' ').slice(0, told.length)).toBe(told)
})

test('observe() is told no delay after close() or reconnect() in the error listener', async () => {
  const time = virtualTime()
  const log: string[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: events('data: a\n\n'),
    observe: ({ type }) => log.push(type),
  })
  let errors = 0
  source.onerror = () => (++errors === 1 ? source.reconnect() : source.close())
  await time.advance(20_000)
  const connection = 'attempt response open event error'
  expect(log.join(' ')).toBe(`${connection} ${connection} close`)
})
