import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { fieldsOf, type Wire } from './wire.ts'

/**
 * Bun says that a chunk is written while it still holds it; and its fetch, if it is in the same process, must have read
 * the chunk before the connection breaks.
 */
const flushed =
  'Bun' in globalThis ? (end: () => void): void => void setTimeout(end) : (end: () => void): void => end()

/** An exchange over HTTP/1.1: the connection is its own. */
export function http1Wire(socket: Socket, response: ServerResponse): Wire {
  return {
    inform(status, fields) {
      const lines = [...fieldsOf(fields)].flatMap(([name, value]) =>
        [value].flat().map((one) => `${name}: ${one}\r\n`),
      )
      socket.write(`HTTP/1.1 ${status} Information\r\n${lines.join('')}\r\n`)
    },
    head({ status, text, headers }) {
      for (const [name, value] of fieldsOf(headers)) response.setHeader(name, value)
      response.statusCode = status
      if (text !== '') response.statusMessage = text
      response.flushHeaders()
    },
    write: (bytes, done) => void response.write(bytes, done),
    raw: (bytes, done) => void socket.write(bytes, done),
    end: () => void response.end(),
    reset: () => flushed(() => reset(socket)),
    fin: () => flushed(() => socket.destroySoon()),
    onClose(closed) {
      response.once('close', closed)
      // What went past HTTP (`raw`) may leave the response without a `close` of its own.
      socket.once('close', closed)
      return () => {
        response.off('close', closed)
        socket.off('close', closed)
      }
    },
  }
}

/**
 * Node loses a socket that is reset while it sends its FIN: the handle is never closed, and the process that holds it
 * spins at its exit for ever. By then the client has the whole body; there is nothing left to break.
 */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
