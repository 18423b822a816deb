import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2'
import { describe, expect, onTestFinished, test } from 'vitest'
import { scenario } from '../scenario/build.ts'
import type { Step } from '../scenario/types.ts'
import { serve, type TestServer } from './serve.ts'

interface Reply {
  readonly status: number | undefined
  readonly text: string
  readonly code: number
}

async function playing(...steps: Step[]): Promise<{ server: TestServer; session: ClientHttp2Session }> {
  const server = await serve(scenario(steps), { http2: true })
  onTestFinished(() => server.close())
  const session = connect(server.url)
  session.on('error', () => {})
  onTestFinished(() => session.destroy())
  return { server, session }
}

function get(session: ClientHttp2Session, headers: IncomingHttpHeaders = {}): Promise<Reply> {
  const stream = session.request({ ':path': '/', ...headers })
  let status: number | undefined
  let text = ''
  stream.setEncoding('utf8')
  stream.on('response', (head) => {
    status = head[':status']
  })
  stream.on('data', (chunk) => {
    text += String(chunk)
  })
  stream.on('error', () => {})
  return new Promise((resolve) => {
    stream.on('close', () => resolve({ status, text, code: stream.rstCode }))
  })
}

const NO_ERROR = 0
const INTERNAL_ERROR = 2

describe('over HTTP/2', () => {
  test('a redirect {elsewhere} goes to another origin of the same server', async () => {
    const { server, session } = await playing({ type: 'redirect', to: '{elsewhere}/there' })
    const stream = session.request({ ':path': '/' })
    const location = await new Promise((resolve) => {
      stream.on('response', (head) => resolve(head.location))
    })
    expect(location).toBe(`http://localhost:${server.port}/there`)
    expect(server.requests[0]?.headers['host']).toBe(`127.0.0.1:${server.port}`)
  })

  test('a scenario plays, and several share one connection', async () => {
    const { server, session } = await playing({ type: 'event', data: 'a', id: '1' })
    const replies = await Promise.all([get(session), get(session, { 'last-event-id': '1' })])
    const reply: Reply = { status: 200, text: 'id: 1\ndata: a\n\n', code: NO_ERROR }
    expect(replies).toEqual([reply, reply])
    expect(server.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '1'])
    expect(server.connections).toMatchObject({ open: 1, total: 1 })
  })

  test('a reset is a RST_STREAM after exactly n bytes; the connection goes on', async () => {
    const { server, session } = await playing(
      { type: 'event', data: 'abc' },
      { type: 'cut', at: 7, gate: 'read' },
    )
    const reply = get(session)
    await server.whenAt('read')
    server.release('read')
    expect(await reply).toEqual({ status: 200, text: 'data: a', code: INTERNAL_ERROR })
    expect(server.exchanges[0]).toMatchObject({ state: 'reset', bytes: 7 })
    expect(session.closed).toBe(false)
  })

  test('fin is a GOAWAY and the end of the connection', async () => {
    const { server, session } = await playing(
      { type: 'event', data: 'a' },
      { type: 'gate', name: 'g' },
      { type: 'fin' },
    )
    const goaway = new Promise((resolve) => session.once('goaway', resolve))
    const reply = get(session)
    await server.whenAt('g')
    server.release('g')
    expect(await goaway).toBe(NO_ERROR)
    expect((await reply).text).toBe('data: a\n\n')
    expect(server.exchanges[0]?.state).toBe('fin')
  })

  test('a client that cancels its stream is an abort', async () => {
    const { server, session } = await playing({ type: 'open' }, { type: 'hang' })
    const stream = session.request({ ':path': '/' })
    stream.on('error', () => {})
    await server.nextRequest()
    stream.close()
    await server.whenClosed()
    expect(server.exchanges[0]?.state).toBe('aborted')
  })

  test('what close() ends is recorded as that, each stream of a session', async () => {
    const { server, session } = await playing({ type: 'open' }, { type: 'hang' })
    const ended = [get(session), get(session)]
    await server.journal.until(
      ({ exchanges }) => exchanges.filter(({ status }) => status === 200).length === 2,
    )
    await server.close()
    await Promise.all(ended)
    expect(server.exchanges.map(({ state }) => state)).toEqual(['fin', 'fin'])
  })

  test('another authority is refused', async () => {
    const { server, session } = await playing({ type: 'event', data: 'a' })
    expect((await get(session, { ':authority': 'evil.test' })).status).toBe(403)
    expect(server.requests).toEqual([])
  })

  test('early hints come before the reply', async () => {
    const { session } = await playing(
      { type: 'inform', status: 103, headers: { link: '<a>' } },
      { type: 'event', data: 'a' },
    )
    const stream = session.request({ ':path': '/' })
    const hints = await new Promise<IncomingHttpHeaders>((resolve) => stream.once('headers', resolve))
    expect(hints).toMatchObject({ ':status': 103, link: '<a>' })
  })
})

test.each([
  [2, 2],
  [Number.POSITIVE_INFINITY, 2 ** 32 - 1],
])(
  'one connection may hold as many streams as there may be connections (%d)',
  async (connections, streams) => {
    const server = await serve(scenario([{ type: 'event', data: 'a' }]), {
      http2: true,
      limits: { connections },
    })
    onTestFinished(() => server.close())
    const session = connect(server.url)
    onTestFinished(() => session.destroy())
    await new Promise((resolve) => void session.once('remoteSettings', resolve))

    expect(session.remoteSettings.maxConcurrentStreams).toBe(streams)
    expect(await get(session)).toMatchObject({ status: 200, text: 'data: a\n\n' })
  },
)
