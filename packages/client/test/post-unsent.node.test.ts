import { createServer } from 'node:net'
import { fetchEventStream } from '@millrace/client'
import { scenario, serve } from '@millrace/test-server'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { skipping } from '../../../test/support/skipping.ts'

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => void server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function postTo(url: string) {
  const time = skipping()
  let sent = 0
  const counted: typeof fetch = (input, init) => {
    sent += 1
    return fetch(input, init)
  }
  const read = await readAll(fetchEventStream(url, { json: {}, fetch: counted, ...time.options }))
  return { ...read, sent }
}

test('a POST to a port that nobody listens on is tried five times, with the code in the message', async () => {
  const { sent, error } = await postTo(`http://127.0.0.1:${await freePort()}/`)

  expect(sent).toBe(5)
  expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxAttempts' })
  expect(error?.message).toBe('Gave up after maxAttempts: The connection failed (ECONNREFUSED)')
})

/** With a network or without, no connect by TCP to the limited broadcast address succeeds. */
test('a POST to a network that cannot be reached is tried five times', async () => {
  const { sent, error } = await postTo('http://255.255.255.255:8123/')

  expect(sent).toBe(5)
  expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxAttempts' })
})

test('a POST to a server that ends TLS in its handshake is tried five times', async () => {
  const server = createServer((socket) => void socket.end())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = Object(server.address())
  const { sent, error } = await postTo(`https://127.0.0.1:${port}/`)
  server.close()

  expect(sent).toBe(5)
  expect(error?.message).toBe('Gave up after maxAttempts: The connection failed (ECONNRESET)')
})

test('a POST to a host that does not exist is tried five times', async () => {
  const { sent, error } = await postTo('http://no-such-host.invalid/')

  expect(sent).toBe(5)
  expect(error?.message).toMatch(/ENOTFOUND|EAI_AGAIN/)
})

test.each([
  // As Varnish 7.1 answers by itself where the server behind it has had the request for too long.
  ['once, where Varnish says so for its server', 'Varnish', 1],
  ['again, where the server itself says so', 'nginx', 2],
])('a POST that is answered 503 with Retry-After is sent %s', async (_, name, times) => {
  await using server = await serve(
    scenario(
      [
        { type: 'status', status: 503 },
        { type: 'headers', headers: { 'retry-after': '5', server: name } },
        { type: 'end' },
      ],
      [{ type: 'event', data: 'answer' }, { type: 'end' }],
    ),
  )
  const { error } = await postTo(server.url)

  expect(server.requests).toHaveLength(times)
  expect(error?.headers['retry-after']).toBe(times === 1 ? '5' : undefined)
})

test.each([503, 307])(
  'a POST whose body is a stream says after a %d why it is not sent again: a stream is sent once',
  async (status) => {
    await using server = await serve(
      scenario([
        { type: 'status', status },
        { type: 'headers', headers: { 'retry-after': '1', location: '/moved' } },
        { type: 'end' },
      ]),
    )
    const { options } = skipping()
    const body = new Blob(['once']).stream()
    const { error } = await readAll(
      fetchEventStream(server.url, { method: 'POST', body, ...options, retry: { unsafe: true } }),
    )

    expect(error).toMatchObject({ code: 'network', attempt: status === 503 ? 2 : 1, willRetry: false })
    expect(error?.message).toContain('A body that is a stream is sent once')
    expect(server.requests).toHaveLength(1)
  },
)

// Chromium sends a request again by itself when a connection that it reuses is reset: only here it is for us to say.
test('a POST is sent once when the connection is reset before any reply', async () => {
  await using server = await serve(scenario([{ type: 'reset' }]))
  const { sent, outcome } = await postTo(server.url)

  expect(outcome).toMatchObject({ type: 'network', attempts: 1 })
  expect(sent).toBe(1)
  expect(server.requests).toHaveLength(1)
})
