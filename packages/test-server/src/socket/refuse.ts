import { ServerResponse } from 'node:http'
import type { AnyResponse } from './wire.ts'

type Fields = Readonly<Record<string, string>>

/** The text may repeat what a page has asked for: no browser may take it for anything else. */
const plain: Fields = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }

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
  send(response, status, { ...headers, ...plain, ...last }, `${why}\n`)
}
