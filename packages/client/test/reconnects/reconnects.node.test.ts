import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { reconnecting } from './reconnecting.ts'

test.concurrent('3,000 reconnects leave no listener, no timer, and nothing on the heap', async () => {
  const program = join(import.meta.dirname, 'heap.ts')
  const { stdout } = await promisify(execFile)('node', [
    '--expose-gc',
    '--conditions=@millrace/source',
    program,
  ])
  const { heaps, open, closed } = JSON.parse(stdout)
  const [first, second, third] = heaps

  // What every reconnect leaves makes both stretches grow; what is compiled late, one of them.
  expect(Math.min(second - first, third - second) / 1000).toBeLessThan(50)
  expect(open).toEqual({ listeners: 1, timers: 0 })
  expect(closed).toEqual({ listeners: 0, timers: 0 })
})

test.concurrent('reconnects leave no socket', async ({ expect }) => {
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
  await expect.poll(() => sockets.size).toBe(1)
  source.close()
  await expect.poll(() => sockets.size).toBe(0)
  server.close()
})
