import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { fieldsOf, type Wire } from './wire.ts'

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
    reset: () => void socket.resetAndDestroy(),
    fin: () => socket.destroySoon(),
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
