import { ServerResponse } from 'node:http'
import type { AnyResponse } from './wire.ts'

type Fields = Readonly<Record<string, string>>

/** A short reply outside of any scenario. */
export function send(response: AnyResponse, status: number, headers: Fields, body = ''): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body)
}

/** Says why in plain text, and ends the connection. */
export function refuse(response: AnyResponse, status: number, why: string, headers: Fields = {}): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const last: Fields = response instanceof ServerResponse ? { connection: 'close' } : {}
  send(response, status, { ...headers, 'content-type': 'text/plain; charset=utf-8', ...last }, `${why}\n`)
}
