import { fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'
import { handFed } from '../../test/support/hand-fed.ts'
import { virtualTime } from '../testing/virtual-time.ts'

const url = 'http://session.example/'
const feed = { headers: { 'content-type': 'text/event-stream' } }

test('who begins to read while an error page is read leaves that page to the error', async () => {
  const { runtime, advance } = virtualTime()
  const { body, write } = handFed()
  const stream = fetchEventStream(url, { runtime, fetch: async () => new Response(body, { status: 404 }) })
  await advance(0)
  const outcome = stream.done()
  await advance(0)
  write('no such page')
  await advance(2000)

  expect(await outcome).toMatchObject({ error: { code: 'http-status', status: 404, body: 'no such page' } })
})

test('a stream that nobody reads yet is not silent, however long that takes', async () => {
  const { runtime, advance } = virtualTime()
  const { body, write } = handFed()
  const timeouts = { firstEvent: 1000, idle: 1000 }
  const stream = fetchEventStream(url, { runtime, fetch: async () => new Response(body, feed), timeouts })
  await advance(3_600_000)
  const events = stream[Symbol.asyncIterator]()
  const first = events.next()
  await advance(999)
  write('data: one\n\n')
  await advance(0)

  expect(await first).toMatchObject({ value: { data: 'one' } })
  stream.close()
})

test('reconnect() in the midst of a body that is one event hands over nothing of it', async () => {
  const { runtime, advance } = virtualTime()
  const cut = handFed()
  let sent = 0
  const stream = fetchEventStream(url, {
    runtime,
    fetch: async () => new Response(++sent === 1 ? cut.body : 'whole'),
    accept: () => 'event',
  })
  const events = stream[Symbol.asyncIterator]()
  const first = events.next()
  cut.write('who')
  await advance(0)
  stream.reconnect()
  await advance(0)

  expect(await first).toMatchObject({ value: { data: 'whole' } })
  stream.close()
})

test('a body that is one event is an event that an attempt brought', async () => {
  const { runtime, advance } = virtualTime()
  let sent = 0
  const stream = fetchEventStream(url, {
    runtime,
    fetch: async () => new Response(String(++sent)),
    accept: () => 'event',
    retry: { maxAttempts: 2 },
  })
  const data: string[] = []
  const read = async () => {
    for await (const event of stream) if (data.push(event.data) === 5) break
  }
  const over = read()
  await advance(60_000)
  await over

  expect(data).toEqual(['1', '2', '3', '4', '5'])
})
