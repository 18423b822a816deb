import type { IncomingMessage, ServerResponse } from 'node:http'
import { entryAt, type Entry } from './mill.ts'

const every = 100
const keep = 6000

/**
 * The mill's instruments, live. `GET /api/mill` gives the last minute first; a request with Last-Event-ID gets what
 * came after that.
 */
export function millApi() {
  const log: Entry[] = []
  const open = new Set<ServerResponse>()
  const now = Date.now() / 1000
  for (let n = 1; n <= 600; n++) log.push(entryAt(n, now - ((600 - n) * every) / 1000))

  setInterval(() => {
    const entry = entryAt((log.at(-1)?.n ?? 0) + 1, Date.now() / 1000)
    log.push(entry)
    if (log.length > keep) log.shift()
    for (const response of open) write(response, entry)
  }, every).unref()

  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /api/mill') subscribe(request, response)
    else if (route === 'POST /api/cut') cut(response)
    else next()
  }

  function subscribe(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const last = Number(request.headers['last-event-id'])
    const missed = last > 0 ? log.filter(({ n }) => n > last) : log.slice(-600)
    for (const entry of missed) write(response, entry)
    open.add(response.on('close', () => open.delete(response)))
  }

  /** For the button: every subscription is torn off. */
  function cut(response: ServerResponse): void {
    for (const { socket } of open) socket?.resetAndDestroy()
    response.writeHead(204).end()
  }
}

function write(response: ServerResponse, entry: Entry): void {
  response.write(`event: ${entry.type}\nid: ${entry.n}\ndata: ${JSON.stringify(entry)}\n\n`)
}
