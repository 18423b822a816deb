import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

test('reconnect() in a listener drops what is queued and asks for it again from the last event dispatched', async () => {
  const time = virtualTime()
  const ids: (string | null)[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      ids.push(new Headers(init?.headers).get('last-event-id'))
      const text = ids.length === 1 ? 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n' : 'data: again\n\n'
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  const heard = hear(source, 'open', 'message', 'error')
  source.onmessage = ({ data }) => {
    if (data === 'a') source.reconnect()
  }
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['open', 'a', 'open', 'again'])
  expect(heard.all[3]).toMatchObject({ lastEventId: '1' })
  expect(ids).toEqual([null, '1'])
})

test('reconnect() of an observer that hears of an ID asks for the event of that ID, however many attempts it takes', async () => {
  const time = virtualTime()
  const ids: (string | null)[] = []
  const replies = ['id: 1\ndata: a\n\nid: 2\ndata: b\n\n', null, 'id: 2\ndata: b\n\n']
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      ids.push(new Headers(init?.headers).get('last-event-id'))
      const reply = replies.shift()
      if (reply === null) throw new TypeError('failed')
      return new Response(reply, { headers: { 'content-type': 'text/event-stream' } })
    },
    observe: (observation) => {
      if (observation.type === 'id' && observation.id === '2' && ids.length === 1) source.reconnect()
    },
  })
  const heard = hear(source, 'message')
  await time.advance(10_000)
  source.close()

  expect(heard.log).toEqual(['a', 'b'])
  expect(ids.slice(0, 3)).toEqual([null, '1', '1'])
})
