import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'

const headers = { 'content-type': 'text/event-stream' }

function bodyOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) })
}

test.each([
  ['a data: URL', (type: string) => `data:${type},data:a%0A%0A`],
  ['a blob: URL', (type: string) => URL.createObjectURL(new Blob(['data: a\n\n'], { type }))],
])('the reply of %s is let go at any moment, though an abort of it would end the process', async (_, of) => {
  const uncaught = vi.fn()
  process.on('uncaughtException', uncaught)
  onTestFinished(() => void process.off('uncaughtException', uncaught))
  const refused = hear(new EventSource(of('text/html')), 'error')
  const left = new EventSource(of('text/event-stream'))
  const opened = hear(left, 'open', 'message', 'error')
  left.addEventListener('open', () => left.close())
  await Promise.all([refused.nth('error'), opened.nth('open')])
  // Node reports what an abort's listener throws in a tick of its own, after the body was let go.
  await new Promise((resolve) => setTimeout(resolve, 20))

  expect(uncaught).not.toHaveBeenCalled()
  expect([refused.log, opened.log, left.readyState]).toEqual([['error'], ['open'], 2])
})

test("Node's own limit of 300 s without a byte is explained, and gone on from", async () => {
  const { runtime, advance } = virtualTime()
  let give: (error: Error) => void = () => {}
  let calls = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime,
    fetch: async () => {
      calls++
      return new Response(
        new ReadableStream({ start: (controller) => void (give = (e) => controller.error(e)) }),
        {
          headers,
        },
      )
    },
  })
  const heard = hear(source, 'open', 'error')
  await advance(300_000)
  const timeout = Object.assign(new Error('Body Timeout Error'), { code: 'UND_ERR_BODY_TIMEOUT' })
  give(new TypeError('terminated', { cause: timeout }))
  await advance(6000)
  source.close()
  expect([calls, heard.log]).toEqual([2, ['open', 'error', 'open']])
  expect(heard.all[1]).toMatchObject({
    error: { code: 'network', willRetry: true },
    message: expect.stringMatching(/300 s without a byte.*bodyTimeout/),
  })
})

test.each([
  ['keep-alive', 'UND_ERR_INVALID_ARG'],
  ['expect', 'UND_ERR_NOT_SUPPORTED'],
])(
  "a header that Node's fetch does not send, %s, fails the connection for good and is named",
  async (name, code) => {
    await using server = await play(scenario([{ type: 'hang' }]))
    const source = new EventSource(server.url, { headers: { [name]: 'secret' }, retry: { initialDelay: 0 } })
    const error = await hear(source, 'error').nth('error')
    expect(source.readyState).toBe(2)
    expect(error).toMatchObject({
      error: { code: 'network', willRetry: false },
      message: expect.stringContaining(code),
    })
    expect(String(Reflect.get(error, 'message'))).not.toContain('secret')
  },
)

test('a port that fetch sends nothing to fails the connection for good, and is told', async () => {
  const source = new EventSource('http://127.0.0.1:1/', { retry: { initialDelay: 0 } })
  const error = await hear(source, 'error').nth('error')
  expect(source.readyState).toBe(2)
  expect(error).toMatchObject({
    error: { code: 'network', willRetry: false },
    message: expect.stringContaining('bad ports'),
  })
})

test('all microtasks of a listener, however long their chain, run before the next event', async () => {
  const source = new EventSource('http://127.0.0.1/', {
    fetch: async () => new Response(bodyOf('data: 1\n\ndata: 2\n\n'), { headers }),
  })
  const order: string[] = []
  source.addEventListener('message', async ({ data }) => {
    for (let turn = 1; turn <= 5; turn++) {
      order.push(`${data}.${turn}`)
      await Promise.resolve()
    }
  })
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect(order.slice(0, 6)).toEqual(['1.1', '1.2', '1.3', '1.4', '1.5', '2.1'])
})

test('all microtasks of the last listener run before the end of the connection is told', async () => {
  const stream = new Response('data: 1\n\n').body
  const source = EventSource.fromReadableStream(stream ?? new ReadableStream())
  const order: string[] = []
  source.addEventListener('message', async () => {
    for (let turn = 1; turn <= 20; turn++) await Promise.resolve()
    order.push('done')
  })
  source.addEventListener('error', () => order.push('error'))
  await hear(source, 'error').nth('error')
  expect(order).toEqual(['done', 'error'])
})

test('a source that nobody holds is not collected, while it waits for an event and while it waits to reconnect', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  await using server = await play(
    scenario(
      [{ type: 'event', id: '1', data: 'a' }, { type: 'gate', name: 'more' }, { type: 'end' }],
      [{ type: 'event', id: '2', data: 'b' }, { type: 'hang' }],
    ),
  )
  const { runtime, advance } = virtualTime()
  const data: string[] = []
  const left = ((source: EventSource) => {
    source.onmessage = (event) => data.push(event.data)
    return new WeakRef(source)
  })(new EventSource(server.url, { runtime }))
  await vi.waitFor(() => expect(data).toEqual(['a']))
  collect()
  await server.release('more')
  await vi.waitFor(() => expect(left.deref()?.readyState).toBe(0))
  collect()
  await advance(10_000)
  await vi.waitFor(() => expect(data).toEqual(['a', 'b']))
  left.deref()?.close()
})
