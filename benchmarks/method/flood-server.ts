/**
 * Writes event streams as fast as the reader takes them, in a process of its own. Prints its port.
 *
 *     /flood?events=200000   so many W1 events (266 B: a chunk of an OpenAI answer), then the end
 *     /long?bytes=33554432   one event with so much data, then the end
 *     /idle                  one event, then silence
 *     /                      a page that runs the script named on the command line
 */
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'

const event = `data: {"id":"chatcmpl-9fKx2mQ7sZ","object":"chat.completion.chunk","created":1760000000,"model":"synthetic-1","choices":[{"index":0,"delta":{"content":" wheel"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"${'x'.repeat(40)}"}\n\n`
const perWrite = 250
const block = Buffer.from(event.repeat(perWrite))
const filler = Buffer.alloc(64 * 1024, 'x')
const [, , script] = process.argv

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const asked = (name: string, fallback: number) => Number(searchParams.get(name) ?? fallback)
  switch (pathname) {
    case '/flood':
      begin(response)
      return pour(response, block, Math.ceil(asked('events', perWrite) / perWrite), '')
    case '/long':
      begin(response)
      response.write('data: ')
      return pour(response, filler, Math.ceil(asked('bytes', filler.byteLength) / filler.byteLength), '\n\n')
    case '/idle':
      begin(response)
      return void response.write(event)
    case '/':
      response.writeHead(200, { 'content-type': 'text/html' })
      return void response.end('<!doctype html><title>Flood</title><script src="/page.js"></script>')
    case '/page.js':
      response.writeHead(200, { 'content-type': 'text/javascript' })
      return void response.end(script === undefined ? '' : readFileSync(script))
    default:
      return void response.writeHead(404).end()
  }
})

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' })
}

/** Writes a chunk so many times, then the end; waits whenever the reader is behind. */
function pour(response: ServerResponse, chunk: Buffer, times: number, end: string): void {
  let left = times
  const more = () => {
    while (left > 0) {
      left--
      if (!response.write(chunk)) return void response.once('drain', more)
    }
    response.end(end)
  }
  more()
}

server.listen(0, '127.0.0.1', 65_535, () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${port}\n`)
})
