/**
 * The built package over real sockets in whatever runs this file: `node built.mjs`, `bun built.mjs`,
 * `deno run -A built.mjs`. No test runner, so that every runtime can.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { collect, EventSource, EventStreamError, fetchEventStream } from '@millrace/client'

const required = createRequire(import.meta.url)('@millrace/client')
assert.equal(typeof required.fetchEventStream, 'function')
assert.equal(required.EventSource.name, 'EventSource')

const sse = { 'content-type': 'text/event-stream' }

/** Breaks the reply of `/cut`. */
let cut

/** What a request gets, by its path; and what requests came. */
const replies = {
  '/feed'(request, response) {
    const id = Buffer.from(request.headers['last-event-id'] ?? '', 'latin1').toString()
    if (id === 'ü2') return response.writeHead(204).end()
    response.writeHead(200, sse)
    response.end(id === '' ? 'retry: 0\nid: ü1\ndata: a\n\ndata: b\n\nid: cut' : 'id: ü2\ndata: c\n\n')
  },
  '/answer'(_, response) {
    response.writeHead(200, sse)
    response.end('data: {"n":1}\n\ndata: {"n":2}\n\ndata: [DONE]\n\n')
  },
  '/cut'(_, response) {
    response.writeHead(200, sse)
    response.write('data: {"n":1}\n\n')
    cut = () => response.destroy()
  },
  '/silent'(_, response) {
    response.writeHead(200, sse)
    response.flushHeaders()
  },
  '/hop'(_, response) {
    response.writeHead(307, { location: `${foreign}/answer` }).end()
  },
  '/down'(_, response) {
    response.writeHead(503, { 'retry-after': '0' }).end('out of flour')
  },
}
const requests = []
const serve = async () => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ path: request.url, method: request.method, headers: request.headers, body })
    replies[request.url](request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
const servers = [await serve(), await serve()]
const [own, foreign] = servers.map((server) => `http://127.0.0.1:${server.address().port}`)
const sentTo = (path) => requests.filter((request) => request.path === path)

/** An error event's `error`. */
const errorOf = async (source) => {
  const { promise, resolve } = deferred()
  source.addEventListener('error', (event) => resolve(event.error), { once: true })
  return promise
}
const deferred = () => {
  const made = {}
  made.promise = new Promise((resolve) => (made.resolve = resolve))
  return made
}

// The class: events in order, gone on with by the ID's bytes, ended by a 204.
{
  const source = new EventSource(`${own}/feed`)
  const log = []
  const { promise: closed, resolve } = deferred()
  source.addEventListener('open', () => log.push('open'))
  source.addEventListener('message', async ({ data, lastEventId, origin }) => {
    assert.equal(origin, own)
    log.push(data + lastEventId)
    for (let turn = 0; turn < 3; turn++) await Promise.resolve()
    log.push(`after ${data}`)
  })
  source.addEventListener('error', ({ error }) => {
    log.push(error.code)
    if (source.readyState === EventSource.CLOSED) resolve()
  })
  await closed
  const told = 'open, aü1, after a, bü1, after b, truncated, open, cü2, after c, truncated, no-content'
  assert.equal(log.join(', '), told)
  for (const { headers } of sentTo('/feed')) {
    assert.equal(headers.accept, 'text/event-stream')
    assert.equal(headers['cache-control'], 'no-cache')
    assert.equal(headers.pragma, 'no-cache')
  }
}

// A base there is none, a header that cannot be sent, a port where nobody listens.
assert.throws(() => new EventSource('/feed'), { name: 'SyntaxError' })
const unsendable = { a: '\u0001' }
assert.throws(() => new EventSource(own, { headers: unsendable }), { code: 'invalid-option' })
assert.equal((await errorOf(new EventSource(own, { headers: () => unsendable }))).code, 'invalid-option')
{
  const gone = await serve()
  const { port } = gone.address()
  await new Promise((resolve) => gone.close(resolve))
  const source = new EventSource(`http://127.0.0.1:${port}/`)
  const error = await errorOf(source)
  source.close()
  assert.deepEqual([error.code, error.willRetry], ['network', true])
  const { outcome } = await collect(
    fetchEventStream(`http://127.0.0.1:${port}/`, { json: {}, retry: { initialDelay: 0, maxAttempts: 2 } }),
  )
  assert.deepEqual([outcome.type, outcome.attempts], ['network', 2], 'nothing was sent: tried again')
}

// An answer over POST: complete, cut, silent, stopped.
{
  const stream = fetchEventStream(`${own}/answer`, { json: { q: 1 }, until: '[DONE]', parse: JSON.parse })
  const data = []
  for await (const event of stream) data.push(event.data.n)
  assert.deepEqual(data, [1, 2])
  assert.equal((await stream.outcome).type, 'complete')
  assert.deepEqual(
    sentTo('/answer').map(({ method, body }) => [method, body]),
    [['POST', '{"q":1}']],
  )
}
{
  const stream = fetchEventStream(`${own}/cut`, { json: {}, until: '[DONE]' })
  await assert.rejects(async () => {
    for await (const event of stream) {
      assert.equal(event.data, '{"n":1}')
      cut()
    }
  })
  const { type, events } = await stream.outcome
  assert.ok(type === 'network' || type === 'truncated', type)
  assert.equal(events, 1)
}
{
  const silent = await fetchEventStream(`${own}/silent`, { json: {}, timeouts: { idle: 50 } }).done()
  assert.equal(silent.type, 'timeout')
  const controller = new AbortController()
  const stream = fetchEventStream(`${own}/silent`, { signal: controller.signal })
  const reading = stream[Symbol.asyncIterator]().next()
  controller.abort(new RangeError('enough'))
  await assert.rejects(reading, RangeError)
  assert.deepEqual([(await stream.outcome).type, (await stream.outcome).by], ['aborted', 'signal'])
}

// Required and imported, there are two: a stream of one goes with the functions of the other, and its errors have their name.
{
  const stream = required.fetchEventStream(`${own}/answer`, { json: {}, until: '[DONE]' })
  const { text, outcome } = await collect(stream)
  assert.deepEqual([text, outcome.type], ['{"n":1}{"n":2}', 'complete'])
  const { error } = await required.fetchEventStream(`${own}/down`, { json: {}, retry: false }).done()
  assert.deepEqual([error.name, error.code], [EventStreamError.name, 'http-status'])
}

// To another origin goes no header of the app's; a refusal that says when to come back is tried again.
{
  const headers = { 'x-api-key': 'secret', 'accept-language': 'de' }
  const hop = await fetchEventStream(`${own}/hop`, { headers, until: '[DONE]' }).done()
  assert.equal(hop.type, 'complete')
  const sent = sentTo('/answer').at(-1)
  assert.deepEqual([sent.headers['x-api-key'], sent.headers['accept-language']], [undefined, 'de'])
  const down = await fetchEventStream(`${own}/down`, { json: {}, retry: { maxAttempts: 2 } }).done()
  assert.deepEqual([down.attempts, down.error.status, sentTo('/down').length], [2, 503, 3])
}

// Sockets close with their streams: nothing but the servers holds the process.
for (const server of servers) await new Promise((resolve) => server.close(resolve))
