import { connect } from 'node:net'

/** What came over a bare socket, and how it ended. */
export interface BareReply {
  readonly text: string
  readonly ended: 'end' | 'reset'
}

/** Sends text over TCP as it stands and reads until the other side ends: for what no HTTP client sends or shows. */
export function bareHttp(port: number, request: string): Promise<BareReply> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('end', () => resolve({ text, ended: 'end' }))
    socket.on('error', () => resolve({ text, ended: 'reset' }))
  })
}

/** A GET with its Host header and those given; the connection is closed after it. */
export function get(
  port: number,
  headers: Readonly<Record<string, string>> = {},
  path = '/',
): Promise<BareReply> {
  const all = { host: 'localhost', connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return bareHttp(port, `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
}
