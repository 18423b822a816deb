import { createServer, type Server, type ServerResponse } from 'node:http'

/** Every so many ms the events of that time go out together. */
const tick = 10

/** Serves files, and `/feed`: so many events a second, each with its number. */
export function feedAt(
  rate: number,
  files: Readonly<Record<string, { type: string; body: string }>>,
): Server {
  const send = (response: ServerResponse) => {
    let sent = 0
    const startedAt = performance.now()
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * rate)
      let text = ''
      for (; sent < due; sent++) text += `data: {"n":${sent},"price":${(sent * 7) % 10_007}}\n\n`
      response.write(text)
    }, tick)
    response.on('close', () => clearInterval(timer))
  }
  return createServer((request, response) => {
    const file = files[request.url ?? '/']
    if (request.url === '/feed') send(response)
    else if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': file.type }).end(file.body)
  })
}
