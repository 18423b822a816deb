import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerTo } from './answers.ts'

interface Answer {
  readonly tokens: readonly string[]
  /** Token n is there at `startedAt + n * pace`, whether somebody listens or not. */
  readonly startedAt: number
}

const keep = 100

/**
 * A chat that can be gone on with. `POST /api/chat` begins an answer; each event's ID says which answer and which
 * token it is, so `GET /api/chat` with Last-Event-ID gives what comes after. `pace`: ms for each token.
 */
export function chatApi(pace: number) {
  const answers = new Map<string, Answer>()
  const open = new Set<ServerResponse>()

  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const route = `${request.method} ${request.url}`
    if (route === 'POST /api/chat') void begin(request, response)
    else if (route === 'GET /api/chat') void goOn(request, response)
    else if (route === 'POST /api/cut') cut(response)
    else next()
  }

  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt } = JSON.parse(await textOf(request)) as { prompt: string }
    const id = randomUUID()
    const answer = { tokens: answerTo(prompt), startedAt: Date.now() }
    answers.set(id, answer)
    for (const oldest of [...answers.keys()].slice(0, -keep)) answers.delete(oldest)
    await send(response, id, answer, 0)
  }

  async function goOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [id = '', token = ''] = String(request.headers['last-event-id'] ?? '').split(':')
    const answer = answers.get(id)
    if (answer === undefined) return void response.writeHead(404).end('This answer is not kept any more.')
    await send(response, id, answer, Number(token) + 1)
  }

  async function send(response: ServerResponse, id: string, answer: Answer, from: number): Promise<void> {
    open.add(response.on('close', () => open.delete(response)))
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.flushHeaders()
    for (const [index, text] of answer.tokens.entries()) {
      if (index < from) continue
      await sleep(Math.max(0, answer.startedAt + index * pace - Date.now()))
      if (response.destroyed) return
      response.write(`id: ${id}:${index}\ndata: ${JSON.stringify({ text })}\n\n`)
    }
    response.end('data: [DONE]\n\n')
  }

  /** For the button: every connection that carries an answer is torn off. */
  function cut(response: ServerResponse): void {
    for (const { socket } of open) socket?.resetAndDestroy()
    response.writeHead(204).end()
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
