import { EventSource } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, onTestFinished, test } from 'vitest'
import { expectedInTest, reportedError } from '../../../../../test/support/reported-error.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'

/** Events as one text, so that they come in one chunk, then silence. */
async function reading(text: string, ...more: Step[]) {
  const server = await play(scenario([{ type: 'text', text }, ...more, { type: 'hang' }]))
  const source = new EventSource(server.url)
  onTestFinished(async () => {
    source.close()
    await server.dispose()
  })
  return { server, source, heard: hear(source, 'open', 'message', 'error', 'last') }
}

const last = 'event: last\ndata: last\n\n'

test('a message is a MessageEvent of the realm with every member of one', async () => {
  const { server, source, heard } = await reading(`id: 7\ndata: text\n\n${last}`)
  const event = await heard.nth('message')
  if (!(event instanceof MessageEvent)) return expect.unreachable()

  expect(event).toBeInstanceOf(Event)
  expect(event.constructor).toBe(MessageEvent)
  expect(String(event)).toBe(String(new MessageEvent('message')))
  expect([event.type, event.data, event.lastEventId]).toEqual(['message', 'text', '7'])
  expect(event.origin).toBe(new URL(server.url).origin)
  expect([event.source, event.ports]).toEqual([null, []])
  expect([event.bubbles, event.cancelable, event.composed]).toEqual([false, false, false])
  expect(event.target).toBe(source)
})

test('every member of a message that the realm knows can be read', async () => {
  const { heard } = await reading(`data: text\n\n`)
  const event = await heard.nth('message')
  for (const name in event) expect(() => Reflect.get(event, name)).not.toThrow()
})

test('a block with an event field dispatches that type, and an empty one message', async () => {
  const { heard } = await reading(`event: other\ndata: 1\n\nevent:\ndata: 2\n\n${last}`)
  await heard.nth('last')
  expect(heard.log).toEqual(['open', '2', 'last'])
})

test('an event named open or error by the server is a MessageEvent at the same listeners', async () => {
  const { source, heard } = await reading(
    `event: open\ndata: spoofed\n\nevent: error\ndata: spoofed\n\n${last}`,
  )
  const atHandler: unknown[] = []
  source.onerror = (event) => atHandler.push(event)
  await heard.nth('last')

  expect(heard.log).toEqual(['open', 'spoofed', 'spoofed', 'last'])
  expect(heard.all[0]).not.toBeInstanceOf(MessageEvent)
  expect(heard.all[1]).toBeInstanceOf(MessageEvent)
  expect(atHandler).toEqual([heard.all[2]])
  expect(source.readyState).toBe(EventSource.OPEN)
})

test('an event named error by the server has an error that says so, and no other event has one', async () => {
  const { heard } = await reading(`event: error\ndata: boom\n\n${last}`)
  await heard.nth('last')

  expect(heard.all[1]).toMatchObject({
    data: 'boom',
    error: {
      name: 'EventStreamError',
      code: 'server-error',
      willRetry: true,
      // Not the data, which a log of errors is not to repeat.
      message: 'The server sent an error: see `data`',
      body: '',
    },
  })
  expect(heard.all[2]).toMatchObject({ type: 'last', error: undefined })
})

test('close() in a listener keeps the rest of the chunk from being delivered', async () => {
  const { server, source, heard } = await reading('data: 1\n\ndata: 2\n\ndata: 3\n\n')
  source.onmessage = () => source.close()
  await heard.nth('message')
  await server.closed()
  expect(heard.log).toEqual(['open', '1'])
})

test('close() in a listener still calls the other listeners of that event', async () => {
  const { source, heard } = await reading('data: 1\n\ndata: 2\n\n')
  let late = 0
  source.addEventListener('message', () => source.close())
  await heard.nth('open')
  await new Promise<void>((resolve) => {
    source.addEventListener('message', () => {
      late++
      resolve()
    })
  })
  expect(late).toBe(1)
})

test('a microtask of one listener runs before the next event', async () => {
  const { source, heard } = await reading(`data: 1\n\ndata: 2\n\n${last}`)
  const order: string[] = []
  source.addEventListener('message', ({ data }) => {
    order.push(`event ${data}`)
    queueMicrotask(() => order.push(`microtask ${data}`))
  })
  await heard.nth('last')
  expect(order).toEqual(['event 1', 'microtask 1', 'event 2', 'microtask 2'])
})

test('a listener that throws is reported, and stops no event and not the connection', async () => {
  const { source, heard } = await reading(`data: 1\n\ndata: 2\n\n${last}`)
  const reported = reportedError()
  const error = new TypeError(expectedInTest)
  source.addEventListener('message', ({ data }) => {
    if (data === '1') throw error
  })
  await heard.nth('last')

  expect(heard.log).toEqual(['open', '1', '2', 'last'])
  expect(source.readyState).toBe(EventSource.OPEN)
  expect(await reported).toBe(error)
})

const emulated = navigator.userAgent.includes('HappyDOM')

// happy-dom's own dispatchEvent stops at the first listener that throws.
test.skipIf(emulated)('a listener that throws stops no later listener', async () => {
  const { source, heard } = await reading(`data: 1\n\n${last}`)
  const reported = reportedError()
  source.onmessage = () => {
    throw new TypeError(expectedInTest)
  }
  const after: string[] = []
  source.addEventListener('message', ({ data }) => after.push(data))
  await heard.nth('last')
  expect(after).toEqual(['1'])
  await reported
})

test('the events of one chunk come in the order of the stream, named and unnamed', async () => {
  const names = ['message', 'last']
  const text = Array.from(
    { length: 200 },
    (_, n) => `event: ${names[n % 7 === 0 ? 1 : 0]}\ndata: ${n}\n\n`,
  ).join('')
  const { heard } = await reading(text)
  await heard.nth('message', 171)
  expect(heard.log).toEqual(['open', ...Array.from({ length: 200 }, (_, n) => String(n))])
})

test.concurrent('an event without id after a reconnection carries the old lastEventId', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: 'retry: 0\nid: 1\ndata: a\n\n' }, { type: 'end' }],
      },
      { on: { request: 2 }, steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'end' }] },
      { steps: [{ type: 'text', text: 'id\ndata: c\n\ndata: d\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'message')
  await heard.nth('message', 4)
  source.close()
  expect(heard.all.map((event) => event instanceof MessageEvent && event.lastEventId)).toEqual([
    '1',
    '1',
    '',
    '',
  ])
  expect((await server.requests(3)).map(({ lastEventId }) => lastEventId)).toEqual([null, '1', '1'])
})

test.concurrent('an id in a block of its own counts: the next request sends it, and later events carry it', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: 'retry: 0\nid: 1\ndata: a\n\nid: 2\n\n' }, { type: 'end' }],
      },
      { steps: [{ type: 'text', text: 'data: b\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const event = await hear(source, 'message').nth('message', 2)
  source.close()
  expect(event).toMatchObject({ data: 'b', lastEventId: '2' })
  expect((await server.requests(2))[1]?.lastEventId).toBe('2')
})

test.concurrent('a block that the end of the body cuts is dropped, and so is its id', async () => {
  await using server = await play({
    replies: [
      {
        on: { request: 1 },
        steps: [{ type: 'text', text: 'retry: 0\nid: 1\ndata: a\n\nid: 2\ndata: b\n' }, { type: 'end' }],
      },
      { steps: [{ type: 'text', text: 'data: c\n\n' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'message')
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['a', 'c'])
  expect((await server.requests(2))[1]?.lastEventId).toBe('1')
})
