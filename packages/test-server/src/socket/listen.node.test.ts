import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen, serverFor } from './listen.ts'

test('a connection that was used stays for a client that stands still, at a breakpoint say', async () => {
  const server = serverFor(
    { http2: false, tls: null, limits: { header: 1000, connections: 8 } },
    (_, reply) => reply.end('hello'),
  )
  onTestFinished(() => void server.close())
  const port = await listen(server, 0, '127.0.0.1')
  const connected = once(server, 'connection')
  const reply = await fetch(`http://127.0.0.1:${port}/`)
  await reply.text()

  // Clients let go of it by the header, in time; Node's server is a second slower by itself.
  expect(reply.headers.get('keep-alive')).toBe('timeout=5')
  const [socket]: Socket[] = await connected
  await expect.poll(() => socket?.timeout).toBeGreaterThanOrEqual(60_000)
})
