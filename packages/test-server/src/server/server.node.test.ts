import { createServer } from 'node:http'
import { connect as connectHttp2, constants, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { createParser } from '@millrace/parser'
import type { EncodableEvent } from '@millrace/parser/encode'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { Broadcast } from './broadcast.ts'
import { eventResponse } from './event-response.ts'
import { ReplayLog } from './replay-log.ts'
import { sendEvents } from './send-events.ts'
import type { EventSourceFunction } from './source.ts'

const request = (init?: RequestInit) => new Request('http://app.test/', init)

async function texts(response: Response, count: number): Promise<string[]> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  const out: string[] = []
  while (out.length < count) out.push(decoder.decode((await reader?.read())?.value))
  await reader?.cancel()
  return out
}

async function* of(...events: EncodableEvent[]): AsyncGenerator<EncodableEvent> {
  yield* events
}

async function listening(source: EventSourceFunction): Promise<number> {
  const server = createServer((request, response) => {
    sendEvents(request, response, source).catch(() => {})
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('eventResponse()', () => {
  test('has headers that keep proxies from buffering, and the events', async () => {
    const response = eventResponse(request(), () => of({ id: '1', data: 'a\nb' }), { retry: 2000 })
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(await response.text()).toBe('retry: 2000\n\nid: 1\ndata: a\ndata: b\n\n')
  })

  test('gives the last event ID to the source, decoded from UTF-8', async () => {
    let seen: string | null = ''
    const headers = { 'last-event-id': '\u00e6\u00b0\u00b4' }
    await eventResponse(request({ headers }), ({ lastEventId }) => {
      seen = lastEventId
      return of()
    }).text()
    expect(seen).toBe('水')
  })

  test('answers HEAD with the headers, without asking the source', () => {
    const source = vi.fn(() => of())
    const response = eventResponse(request({ method: 'HEAD' }), source)

    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.body).toBeNull()
    expect(source).not.toHaveBeenCalled()
  })

  test('aborts the signal of the source when the body is cancelled', async () => {
    let signal: AbortSignal | undefined
    const response = eventResponse(request(), (subscription) => {
      signal = subscription.signal
      return of({ data: 'a' }, { data: 'b' })
    })
    await texts(response, 2)
    expect(signal?.aborted).toBe(true)
  })

  test('breaks the body when the source throws', async () => {
    const response = eventResponse(request(), async function* () {
      yield { data: 'a' }
      throw new RangeError('source')
    })
    await expect(response.text()).rejects.toThrow('source')
  })

  test.each<[string, EncodableEvent]>([
    ['event', { event: 'a\nb', data: '' }],
    ['event CR', { event: 'a\rb', data: '' }],
    ['id', { id: '1\ndata: injected', data: '' }],
    ['id CR', { id: '1\rdata: injected', data: '' }],
    ['id NUL', { id: '1\0', data: '' }],
    ['data CR', { data: 'a\rid: 1' }],
    ['comment', { comment: 'a\n\ndata: injected' }],
  ])('refuses what would inject through %s', async (_field, event) => {
    await expect(eventResponse(request(), () => of(event)).text()).rejects.toBeInstanceOf(TypeError)
  })
})

describe('heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test.each([Number.POSITIVE_INFINITY, 2 ** 31])('every %d ms is no flood of them', async (heartbeat) => {
    const response = eventResponse(
      request(),
      async function* () {
        await new Promise((resolve) => setTimeout(resolve, 60_000))
        yield { data: 'late' }
      },
      { heartbeat },
    )
    const text = response.text()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await text).toBe(':\n\ndata: late\n\n')
  })

  test.each([0, -1, Number.NaN])('of %d ms is refused', (heartbeat) => {
    expect(() => eventResponse(request(), () => of(), { heartbeat })).toThrow(RangeError)
  })

  test('comes every 15 s without an event, and an event puts it off', async () => {
    let say: (event: EncodableEvent) => void = () => {}
    const response = eventResponse(request(), async function* () {
      for (;;) yield await new Promise<EncodableEvent>((resolve) => (say = resolve))
    })
    const reader = response.body?.getReader()
    const got: string[] = []
    const read = async () => {
      for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
        got.push(new TextDecoder().decode(chunk.value))
      }
    }
    const done = read()
    await vi.advanceTimersByTimeAsync(14_999)
    expect(got).toEqual([':\n\n'])
    await vi.advanceTimersByTimeAsync(1)
    expect(got).toEqual([':\n\n', ':\n\n'])
    await vi.advanceTimersByTimeAsync(14_000)
    say({ data: 'a' })
    await vi.advanceTimersByTimeAsync(14_999)
    expect(got).toEqual([':\n\n', ':\n\n', 'data: a\n\n'])
    await vi.advanceTimersByTimeAsync(1)
    expect(got).toHaveLength(4)
    await reader?.cancel()
    await done
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('ReplayLog', () => {
  test('numbers events, keeps so many, and gives what follows an id', () => {
    const log = new ReplayLog(3)
    for (const data of ['a', 'b', 'c', 'd']) log.append({ data })
    const ids = (after: string | null) => log.after(after).map(({ id }) => id)
    expect(ids('3')).toEqual(['4'])
    expect(ids('4')).toEqual([])
    expect(ids(null)).toEqual([])
    expect(ids('1')).toEqual(['2', '3', '4'])
    for (const data of ['e', 'f']) log.append({ data })
    expect(ids('5')).toEqual(['6'])
    expect(ids('3')).toEqual(['4', '5', '6'])
    expect(ids('gone')).toEqual(['4', '5', '6'])
  })

  test('takes the same time for an event, however many it keeps', async () => {
    const turnover = async (kept: number) => {
      const log = new ReplayLog(kept)
      for (let n = 0; n < 2 * kept; n++) log.append({ data: '' })
    }

    expect(await growth(turnover, 3000, 16, 4)).toBeLessThan(4)
  })
})

describe('sendEvents()', () => {
  test('leaves the source alone when the client has gone before it is called', async () => {
    let asked = false
    const settled = new Promise<void>((resolve, reject) => {
      const server = createServer((incoming, response) => {
        response.once('close', () => {
          const source = () => {
            asked = true
            return of()
          }
          sendEvents(incoming, response, source).then(resolve, reject)
        })
        incoming.socket.destroy()
      })
      onTestFinished(() => void server.close())
      server.listen(0, '127.0.0.1', () => {
        fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).catch(() => {})
      })
    })
    await settled
    expect(asked).toBe(false)
  })

  test.each(['while it is written to', 'before it is called'])(
    'has no reader for a stream of HTTP/2 that its client left without an error %s',
    async (when) => {
      const news = new Broadcast()
      const missed = news.publish({ data: 'x'.repeat(1_000_000) })
      const sent: Promise<void>[] = []
      const server = createHttp2Server((incoming, response) => {
        const send = () => sent.push(sendEvents(incoming, response, news.subscribe))
        if (when === 'while it is written to') return void send()
        incoming.stream.once('close', send)
        incoming.stream.respond()
      })
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const session = connectHttp2(`http://127.0.0.1:${port}`)
      onTestFinished(() => {
        session.destroy()
        server.close()
      })
      const stream = session.request({ 'last-event-id': `before ${missed.id}` })
      await new Promise((resolve) => stream.once('response', resolve))
      stream.close(constants.NGHTTP2_NO_ERROR)
      await expect.poll(() => sent).toHaveLength(1)
      await sent[0]

      expect(news.size).toBe(0)
    },
  )

  test('answers HEAD without asking the source', async () => {
    const news = new Broadcast()
    const port = await listening(news.subscribe)
    const response = await fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(news.size).toBe(0)
  })

  test('lets go of its connection where its server is closing: who came again on that kept it open for ever', async () => {
    const news = new Broadcast()
    const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
      void sendEvents(incoming, response, news.subscribe)
    })
    onTestFinished(() => server.closeAllConnections())
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = connect(port, '127.0.0.1', () =>
      client.resume().write('GET / HTTP/1.1\r\nhost: a\r\n\r\n'),
    )
    await expect.poll(() => news.size).toBe(1)
    const closed = new Promise<unknown>((resolve) => void server.close(resolve))
    news.end()

    expect(await closed).toBeUndefined()
  })
})

describe('Broadcast', () => {
  test('sends to everyone over node:http; who comes again gets what it missed', async () => {
    const news = new Broadcast()
    const port = await listening(news.subscribe)
    const reader = (await fetch(`http://127.0.0.1:${port}`)).body?.getReader()
    await reader?.read()
    expect(news.size).toBe(1)
    news.publish({ data: 'one' })
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('id: 1\ndata: one\n\n')
    await reader?.cancel()
    await expect.poll(() => news.size).toBe(0)
    news.publish({ data: 'two' })
    news.publish({ data: 'three' })

    const again = fetch(`http://127.0.0.1:${port}`, { headers: { 'last-event-id': '1' } })
    const response = await again
    await expect.poll(() => news.size).toBe(1)
    news.end()
    const events: (string | undefined)[] = []
    const parser = createParser({ onEvent: ({ id, data }) => events.push(`${id} ${data}`) })
    parser.feed(await response.text())
    expect(events).toEqual(['2 two', '3 three'])
  })

  test('gives who comes after its end what they missed, and the end', async () => {
    const news = new Broadcast()
    for (const data of ['one', 'two']) news.publish({ data })
    news.end()
    const again = eventResponse(request({ headers: { 'last-event-id': '1' } }), news.subscribe)

    expect(await again.text()).toBe(':\n\nid: 2\ndata: two\n\n')
    expect(await eventResponse(request(), news.subscribe).text()).toBe(':\n\n')
    expect(news.size).toBe(0)
  })

  test('gives who has no ID yet all that it keeps, if it is followed from its start', async () => {
    const answer = new Broadcast({ fromStart: true, log: 2, prefix: 'a:' })
    for (const data of ['forgotten', 'one', 'two']) answer.publish({ data })
    const followers = [request(), request({ headers: { 'last-event-id': 'a:2' } })].map((from) =>
      eventResponse(from, answer.subscribe).text(),
    )
    answer.publish({ data: 'three' })
    answer.end()

    expect(await Promise.all(followers)).toEqual([
      ':\n\nid: a:2\ndata: one\n\nid: a:3\ndata: two\n\nid: a:4\ndata: three\n\n',
      ':\n\nid: a:3\ndata: two\n\nid: a:4\ndata: three\n\n',
    ])
  })

  test('gives all it has to who comes from another process, told by the prefix of its ids', () => {
    const before = new ReplayLog(10, 'monday-')
    const after = new ReplayLog(10, 'tuesday-')
    const { id } = before.append({ data: 'had' })
    for (const data of ['not had', 'nor this']) after.append({ data })

    expect(id).toBe('monday-1')
    expect(after.after(id).map((event) => event.id)).toEqual(['tuesday-1', 'tuesday-2'])
  })

  test('numbers its events behind a prefix', () => {
    expect(new Broadcast({ prefix: 'tuesday-' }).publish({ data: 'first' }).id).toBe('tuesday-1')
  })

  test('keeps what readers missed once for all of them: after a restart thousands did', async () => {
    const news = new Broadcast()
    news.publish({ data: 'missed' })
    const { signal } = new AbortController()
    const first = async () => {
      const bytes = news.subscribe({ lastEventId: 'of another day', signal, drop: () => {} })
      return (await bytes[Symbol.asyncIterator]().next()).value
    }
    const bytes = await first()

    expect(new TextDecoder().decode(bytes)).toBe('id: 1\ndata: missed\n\n')
    expect(await first()).toBe(bytes)
  })

  test('has no reader for a client that has gone before it subscribes', async () => {
    const news = new Broadcast()
    const { body } = eventResponse(request({ signal: AbortSignal.abort() }), news.subscribe)
    await body?.cancel()

    expect(news.size).toBe(0)
  })

  test('does not lose what is published between the subscription and the first read', async () => {
    const news = new Broadcast()
    const response = eventResponse(request(), news.subscribe)
    const reader = response.body?.getReader()
    await reader?.read()
    const next = reader?.read()
    news.publish({ data: 'soon' })
    news.publish({ data: 'sooner' })
    const text =
      new TextDecoder().decode((await next)?.value) + new TextDecoder().decode((await reader?.read())?.value)
    expect(text).toBe('id: 1\ndata: soon\n\nid: 2\ndata: sooner\n\n')
  })

  test('drops a reader that is behind, and not the others; sendEvents() does not reject over it', async () => {
    const news = new Broadcast({ behind: 200_000 })
    const sent: Promise<void>[] = []
    const server = createServer((incoming, response) => {
      sent.push(sendEvents(incoming, response, news.subscribe))
    })
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const deaf = connect(port, '127.0.0.1', () => deaf.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n'))
    deaf.pause()
    deaf.on('error', () => {})
    onTestFinished(() => void deaf.destroy())
    await expect.poll(() => news.size).toBe(1)
    const body = fetch(`http://127.0.0.1:${port}`).then((response) => response.text())
    await expect.poll(() => news.size).toBe(2)
    const data = 'x'.repeat(50_000)
    let count = 0
    for (; news.size === 2 && count < 1000; count += 1) {
      news.publish({ data })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(news.size).toBe(1)
    news.end()
    expect((await body).match(/^id: /gm)).toHaveLength(count)
    expect(await Promise.allSettled(sent)).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'fulfilled', value: undefined },
    ])
  })

  test('tells nobody an event that cannot be encoded', () => {
    const news = new Broadcast()
    expect(() => news.publish({ data: 'a\rb' })).toThrow(TypeError)
    expect(news.publish({ data: 'ok' }).id).toBe('1')
  })
})
