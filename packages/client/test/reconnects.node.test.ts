import { EventSource, type EventSourceInit } from '@millrace/client'
import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

async function heap(): Promise<number> {
  for (let n = 0; n < 5; n++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

const timers = () => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length

/** A source that can be made to reconnect so many times, each time after its first message. */
function reconnecting(url: string, init: EventSourceInit) {
  const source = new EventSource(url, init)
  let opened: () => void = () => {}
  source.addEventListener('message', () => opened())
  const reconnect = async (times: number) => {
    for (let n = 0; n < times; n++) {
      const opening = new Promise<void>((resolve) => {
        opened = resolve
      })
      source.reconnect()
      await opening
    }
  }
  return { source, reconnect }
}

test('3,000 reconnects leave no listener, no timer, and nothing on the heap', async () => {
  const before = timers()
  const { signal } = new AbortController()
  const message = new TextEncoder().encode('id: 1\ndata: x\n\n')
  const headers = { 'content-type': 'text/event-stream' }
  const { source, reconnect } = reconnecting('http://127.0.0.1/', {
    signal,
    fetch: async () => {
      const body = new ReadableStream({ start: (controller) => controller.enqueue(message) })
      return new Response(body, { headers })
    },
  })
  await reconnect(1000)
  const first = await heap()
  await reconnect(3000)

  expect(((await heap()) - first) / 3000).toBeLessThan(50)
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  source.close()
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  expect(timers()).toBeLessThanOrEqual(before)
}, 30_000)

test('reconnects leave no socket', async () => {
  const sockets = new Set<unknown>()
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: x\n\n')
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') return expect.unreachable()
  const { source, reconnect } = reconnecting(`http://127.0.0.1:${address.port}/`, {})
  await reconnect(50)
  await vi.waitFor(() => expect(sockets.size).toBe(1))
  source.close()
  await vi.waitFor(() => expect(sockets.size).toBe(0))
  server.close()
})
