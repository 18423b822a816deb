/**
 * Writes event streams as fast as the reader takes them, in a process of its own. Prints its port.
 *
 *     /flood?events=200000   so many W1 events (266 B: a chunk of an OpenAI answer), then the end
 *     /idle                  one event, then silence
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'

const event = `data: {"id":"chatcmpl-9fKx2mQ7sZ","object":"chat.completion.chunk","created":1760000000,"model":"synthetic-1","choices":[{"index":0,"delta":{"content":" wheel"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"${'x'.repeat(40)}"}\n\n`
const perWrite = 250
const block = Buffer.from(event.repeat(perWrite))

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' })
  if (pathname === '/idle') response.write(event)
  else flood(response, Number(searchParams.get('events') ?? perWrite))
})

function flood(response: ServerResponse, events: number): void {
  let left = Math.ceil(events / perWrite)
  const more = () => {
    while (left > 0) {
      left--
      if (!response.write(block)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

server.listen(0, '127.0.0.1', 65_535, () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${port}\n`)
})
