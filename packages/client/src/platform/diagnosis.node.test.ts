import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { diagnose } from './diagnosis.ts'
import { hintsByCode } from './hints.ts'

const coded = (code: string) => Object.assign(new Error('no words'), { code })
/** As Deno's fetch fails. */
const inDeno = (words: string) =>
  new TypeError('fetch failed', {
    cause: new Error(`error sending request for url (https://a.test/): client error ${words}`),
  })

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('ECONNREFUSED') })],
  [
    'Node, two addresses',
    new TypeError('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) }),
  ],
  ['Bun', coded('ConnectionRefused')],
  ['Deno', inDeno('(Connect): tcp connect error: Connection refused (os error 111)')],
  ['Deno, no such host', inDeno('(Connect): dns error: failed to lookup address information')],
])('a connection that was never made proves that nothing was sent: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ unsent: true, futile: false })
})

/** Nothing reaches the limited broadcast address by TCP: with a network or without, the connect itself fails. */
test('a connect that fails proves that nothing was sent, with whatever code', async () => {
  const cause: unknown = await fetch('http://255.255.255.255:8123/').catch((error: unknown) => error)

  expect(diagnose(cause, null)).toMatchObject({ unsent: true, futile: false })
})

test('a proxy that ends the connection in place of opening a tunnel proves that nothing was sent', () => {
  const cause = Object.assign(coded('UND_ERR_PRX_CONN'), { cause: coded('UND_ERR_SOCKET') })

  expect(diagnose(new TypeError('fetch failed', { cause }), null).unsent).toBe(true)
})

test('a lookup that fails proves that nothing was sent', () => {
  const cause = Object.assign(coded('ESERVFAIL'), { syscall: 'queryAaaa' })

  expect(diagnose(new TypeError('fetch failed', { cause }), null).unsent).toBe(true)
})

test('TLS that ends in its handshake proves that nothing was sent', async () => {
  const server = createServer((socket) => void socket.end())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = Object(server.address())
  const cause: unknown = await fetch(`https://127.0.0.1:${port}/`).catch((error: unknown) => error)
  server.close()

  expect(diagnose(cause, null)).toMatchObject({ unsent: true, futile: false })
})

/** As undici fails over HTTP/2. */
const inHttp2 = (words: string) =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error(words), { code: 'ERR_HTTP2_STREAM_ERROR' }),
  })

test.each([
  ['Node', inHttp2('Stream closed with error code NGHTTP2_REFUSED_STREAM')],
  [
    'Deno',
    inDeno(
      '(SendRequest): http2 error: stream error received: refused stream before processing any application logic',
    ),
  ],
])('a stream of HTTP/2 that was refused was not worked on, unless there was a reply: %s', (_, error) => {
  const unanswered = { url: 'https://a.test/', init: { headers: new Headers() } }

  expect(diagnose(error, unanswered).unsent).toBe(true)
  expect(diagnose(error, null).unsent).toBe(false)
})

test.each([
  ['Node', new TypeError('terminated', { cause: coded('ECONNRESET') })],
  [
    'Node, of a socket that was open',
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  ],
  ['HTTP/2', inHttp2('Stream closed with error code NGHTTP2_INTERNAL_ERROR')],
  ['Deno', inDeno('(SendRequest): connection closed before message completed')],
])('a connection that broke proves nothing: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ unsent: false, futile: false })
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') })],
  ['Deno', inDeno('(Connect): invalid peer certificate: UnknownIssuer')],
])('a certificate that is refused is refused again: %s', (_, error) => {
  expect(diagnose(error, null).futile).toBe(true)
})

test('a request that no mock of undici’s matches is not tried again, or a test would wait for ever', () => {
  const cause = coded('UND_MOCK_ERR_MOCK_NOT_MATCHED')

  expect(diagnose(new TypeError('fetch failed', { cause }), null).futile).toBe(true)
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('CERT_NOT_YET_VALID') })],
  ['Deno', inDeno('(Connect): invalid peer certificate: NotValidYet')],
])('a certificate that is not valid yet becomes so, once the clock is set: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ unsent: true, futile: false })
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('CERT_HAS_EXPIRED') })],
  ['Deno', inDeno('(Connect): invalid peer certificate: Expired')],
  ['Deno, with times', inDeno('(Connect): invalid peer certificate: certificate expired: verification time')],
])('a certificate that has expired is renewed: a subscription goes on, as in a browser: %s', (_, error) => {
  expect(diagnose(error, null).futile).toBe(false)
})

test('an answer does not wait until a certificate is renewed', () => {
  expect(diagnose(coded('CERT_HAS_EXPIRED'), null).unsent).toBe(false)
})

test('a dispatcher that was closed may have a successor, so an attempt with it is not the last; a hint says why it failed', async () => {
  await fetch('data:,')
  const Agent: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')).constructor
  const dispatcher = Reflect.construct(Agent as new () => { destroy(): Promise<void> }, [])
  await dispatcher.destroy()
  const init: object = { dispatcher }
  const cause: unknown = await fetch('http://127.0.0.1/', init).catch((error: unknown) => error)

  expect(diagnose(cause, null)).toEqual({
    unsent: false,
    futile: false,
    hint: expect.stringContaining('was closed (UND_ERR_DESTROYED)'),
  })
})

test.each([...hintsByCode])('the hint for %s names it, for whoever searches for it', (code, hint) => {
  expect(hint).toContain(code)
  expect(diagnose(new TypeError('terminated', { cause: coded(code) }), null).hint).toBe(hint)
})

/** As fetch fails, in words alone: Node's has a code that says less, or none. */
const inWords = (words: string) => new TypeError('fetch failed', { cause: new Error(words) })

test.each([
  ['Node, no tunnel', 'Proxy response (407) !== 200 when HTTP Tunneling', '407', true],
  ['Node, a proxy that fails', 'Proxy response (502) !== 200 when HTTP Tunneling', '502', false],
  ['Node, http', 'Proxy Authentication Required (407)', '407', true],
  ['Bun', 'Proxy refused to open a tunnel: 403 Forbidden', '403', true],
])('a proxy that refused has sent nothing on: %s', (_, words, status, futile) => {
  expect(diagnose(inWords(words), null)).toEqual({
    unsent: true,
    futile,
    hint: `The proxy answered ${status}, and passed nothing on`,
  })
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: coded('ERR_ACCESS_DENIED') })],
  ['Deno', new Error('Requires net access to "a.test:443", run again with the --allow-net flag')],
])('a permission that is missing is missing again, and a hint names it: %s', (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ futile: true, hint: expect.stringContaining('--allow-net') })
})

test.each([
  ['Node', new TypeError('fetch failed', { cause: new Error('bad port') })],
  ['Deno', new TypeError('Fetch failed: Requests to port 6000 are blocked')],
])("a port on Fetch's list is there again: %s", (_, error) => {
  expect(diagnose(error, null)).toMatchObject({ futile: true, hint: expect.stringContaining('bad ports') })
})

test.each([
  [
    'a service without its binding',
    'Illegal invocation: function called with incorrect `this` reference.',
    'env.SERVICE',
  ],
  [
    'an old compatibility date',
    "The 'cache' field on 'RequestInitializerDict' is not implemented.",
    '2024-11-11',
  ],
])('what workerd refuses, it refuses again, and a hint says what to do: %s', (_, words, hint) => {
  expect(diagnose(new TypeError(words), null)).toEqual({
    unsent: false,
    futile: true,
    hint: expect.stringContaining(hint),
  })
})

test('without WebAssembly (--jitless) Node’s fetch fails each time, and a hint says why', () => {
  const cause = new ReferenceError('WebAssembly is not defined')

  expect(diagnose(new TypeError('fetch failed', { cause }), null)).toEqual({
    unsent: false,
    futile: true,
    hint: expect.stringContaining('--jitless'),
  })
})

test('a proxy that wants to know who asks is not taken for a mistake in the headers', () => {
  const cause = Object.assign(new Error('Proxy Authentication Required (407)'), {
    code: 'UND_ERR_INVALID_ARG',
  })
  expect(diagnose(new TypeError('fetch failed', { cause }), null).hint).toContain('The proxy answered 407')
})

test.each([
  ['what is no HTTP/1.1', 'SSH-2.0-OpenSSH_9.2\r\n', 'not the HTTP/1.1 that Node reads (Expected HTTP/'],
  [
    'a head that is too large',
    `HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`,
    'Raise --max-http-header-size',
  ],
])('the hint says how Node’s fetch fails at %s', async (_, says, hint) => {
  const server = createServer((socket) => void socket.on('error', () => {}).end(says))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = Object(server.address())
  const cause: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error)
  server.close()

  expect(diagnose(cause, null).hint).toContain(hint)
})

test('a chunked body that is cut after `connection: close` is told as cut, not as bad HTTP', async () => {
  const server = createHttpServer((_, reply) => {
    reply.writeHead(200, { connection: 'close' }).write('data: whole\n\ndata: ha', () => reply.socket?.end())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = Object(server.address())
  const reply = await fetch(`http://127.0.0.1:${port}/`)
  const cause: unknown = await reply.text().catch((error: unknown) => error)
  server.close()

  expect(diagnose(cause, null).hint).toBe('The server closed the connection in the middle of its reply')
})

test.each(['gzip', 'br', 'zstd'])(
  'the hint says that a body cannot be decompressed, where its Content-Encoding says %s of plain text',
  async (encoding) => {
    const server = createHttpServer((_, reply) => {
      reply.writeHead(200, { 'content-encoding': encoding }).end('data: plain\n\n')
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = Object(server.address())
    const reply = await fetch(`http://127.0.0.1:${port}/`)
    const cause: unknown = await reply.text().catch((error: unknown) => error)
    server.close()

    expect(diagnose(cause, null)).toEqual({
      unsent: false,
      futile: false,
      hint: expect.stringContaining('cannot be decompressed ('),
    })
  },
)
