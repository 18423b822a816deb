import { constants, type Http2ServerResponse } from 'node:http2'
import { fieldsOf, type Wire } from './wire.ts'

/** An exchange over HTTP/2: one stream of a connection that others share. */
export function http2Wire(response: Http2ServerResponse): Wire {
  const { stream } = response
  return {
    inform(status, fields) {
      stream.additionalHeaders({ ':status': status, ...Object.fromEntries(fieldsOf(fields)) })
    },
    head({ status, headers }) {
      for (const [name, value] of fieldsOf(headers)) response.setHeader(name, value)
      response.writeHead(status)
    },
    write: (bytes, done) => void response.write(bytes, done),
    raw() {
      throw new TypeError('A raw step goes past HTTP/1.1; HTTP/2 has frames of its own.')
    },
    end: () => void response.end(),
    reset: () => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
    fin() {
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR)
      stream.session?.destroy()
    },
    onClose(closed) {
      stream.once('close', closed)
      return () => void stream.off('close', closed)
    },
  }
}
