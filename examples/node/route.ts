/** A server that passes a stream on: it adds the key, and keeps status, back-pressure and every cut. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { fetchEventStream, toResponse } from '@millrace/client'

const [upstream = 'https://api.example.com/chat'] = process.argv.slice(2)

async function passOn(request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const stream = fetchEventStream(upstream, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env['API_KEY']}`, 'content-type': 'application/json' },
    body: Buffer.concat(await request.toArray()),
    until: '[DONE]',
    // A refusal goes back with its Retry-After: if the page and the route both asked five times, it would be 25 times.
    retry: { statuses: [] },
  })
  // Whoever goes while the model still thinks is waited for no longer.
  reply.once('close', () => stream.close())
  const { status, headers, body } = await toResponse(stream)
  reply.writeHead(status, Object.fromEntries(headers))
  if (body === null) reply.end()
  // A broken body breaks the reply, and a reader who goes closes the upstream: pipeline does both.
  else await pipeline(body, reply)
}

// What breaks ends its own reply, not the server.
const server = createServer((request, reply) => passOn(request, reply).catch(() => reply.destroy()))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(JSON.stringify(server.address()))
process.once('SIGTERM', () => server.close())
