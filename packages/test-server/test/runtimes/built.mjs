/** The built test server in whatever runs this file: what it wrote right before it breaks off must arrive. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { scenario, serve } from '@millrace/test-server'

/** What a socket gets. No fetch: that of Bun drops what it has not handed on when a connection breaks. */
function read(url) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (bytes) => (text += bytes))
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
  return new Promise((resolve) => socket.on('close', () => resolve(text)))
}

const told = { type: 'event', id: '1', data: 'told' }
for (const type of ['reset', 'end']) {
  const server = await serve(scenario([told, { type }]))
  const text = await read(server.url)
  assert.match(text, /^HTTP\/1.1 200 [^]*id: 1\ndata: told\n\n/)
  // The last chunk of a whole body is an empty one.
  assert.equal(text.endsWith('0\r\n\r\n'), type === 'end')
  await server.close()
}
