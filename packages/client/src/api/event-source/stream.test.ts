import { EventSource } from '@millrace/client'
import { describe, expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

const utf8 = new TextEncoder()

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(utf8.encode(chunk))
      controller.close()
    },
  })
}

/** Everything that reading these chunks tells, to the error at the end. */
async function told(...chunks: string[]) {
  const source = EventSource.fromReadableStream(streamOf(...chunks))
  const heard = hear(source, 'open', 'message', 'named', 'error')
  await heard.nth('error')
  return { source, heard }
}

describe('EventSource.fromReadableStream()', () => {
  test('gives an EventSource that is CONNECTING, of about:event-stream, without credentials', () => {
    const source = EventSource.fromReadableStream(streamOf())
    expect(source).toBeInstanceOf(EventSource)
    expect([source.readyState, source.url, source.withCredentials]).toEqual([0, 'about:event-stream', false])
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['', 3000])
    source.close()
    expect(source.readyState).toBe(2)
  })

  test('throws a TypeError when the stream is locked, and locks it', () => {
    const stream = streamOf()
    const source = EventSource.fromReadableStream(stream)
    expect(stream.locked).toBe(true)
    expect(() => EventSource.fromReadableStream(stream)).toThrow(TypeError)
    source.close()
  })

  test.each([
    ['at once', async () => {}],
    ['once it is open', (source: EventSource) => hear(source, 'open').nth('open')],
  ])('cancels the stream when it is closed %s', async (_, moment) => {
    let source: EventSource | undefined
    const cancelled = new Promise<void>((resolve) => {
      source = EventSource.fromReadableStream(new ReadableStream({ cancel: () => resolve() }))
    })
    if (source === undefined) return expect.unreachable()
    await moment(source)
    source.close()
    await cancelled
  })

  test('takes a stream whose start somebody else has read', async () => {
    const stream = streamOf('data: head\n\n', 'data: rest\n\n')
    const reader = stream.getReader()
    await reader.read()
    reader.releaseLock()
    const heard = hear(EventSource.fromReadableStream(stream), 'message', 'error')
    await heard.nth('error')
    expect(heard.log).toEqual(['rest', 'error'])
  })

  test('opens, tells the messages, then one error with CLOSED, and asks for nothing', async () => {
    const { source, heard } = await told('da', 'ta: a\n\nevent: named\nda', 'ta: b\n\ndata: cut')
    expect(heard.log).toEqual(['open', 'a', 'b', 'error'])
    expect(source.readyState).toBe(2)
    expect(heard.all[1]).toMatchObject({ origin: 'null' })
  })

  test('reads CR, LF and CRLF, comments and one byte order mark', async () => {
    const { heard } = await told('\uFEFFdata: cr\r\rdata: lf\n\n:comment\ndata: crlf\r\n\r\n')
    expect(heard.log).toEqual(['open', 'cr', 'lf', 'crlf', 'error'])
  })

  test('tells an empty stream as open and one error', async () => {
    expect((await told()).heard.log).toEqual(['open', 'error'])
  })

  test('tells a stream that errors as one error, CLOSED, with the cause', async () => {
    const cause = new RangeError('broken')
    const source = EventSource.fromReadableStream(
      new ReadableStream({ start: (controller) => controller.error(cause) }),
    )
    const error = await hear(source, 'error').nth('error')
    expect(source.readyState).toBe(2)
    expect(error).toMatchObject({ error: { code: 'network', cause } })
  })

  test('takes text and any view of bytes, and ends with an error at anything else', async () => {
    const view = new DataView(utf8.encode('xxdata: view\n\n').buffer, 2)
    const stream = new ReadableStream({
      start(controller) {
        for (const chunk of ['data: text\n\n', view, 7]) controller.enqueue(chunk)
      },
    })
    const heard = hear(EventSource.fromReadableStream(stream), 'message', 'error')
    const error = await heard.nth('error')
    expect(heard.log).toEqual(['text', 'view', 'error'])
    expect(error).toMatchObject({ error: { code: 'invalid-option', willRetry: false } })
  })

  test('reconnect() changes nothing: there is only the one stream', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const source = EventSource.fromReadableStream(readable)
    const heard = hear(source, 'open', 'message', 'error')
    source.reconnect()
    await streamOf('data: a\n\n').pipeTo(writable, { preventClose: true })
    await heard.nth('message')
    source.reconnect()
    expect(source.readyState).toBe(1)
    await streamOf('data: b\n\n').pipeTo(writable)
    await heard.nth('error')
    expect(heard.log).toEqual(['open', 'a', 'b', 'error'])
  })

  test('close() cancels the stream', async () => {
    let cancelled: () => void = () => {}
    const cancelling = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const source = EventSource.fromReadableStream(
      new ReadableStream({
        start: (controller) => controller.enqueue(utf8.encode('data: a\n\n')),
        cancel: () => cancelled(),
      }),
    )
    await hear(source, 'message').nth('message')
    source.close()
    await cancelling
  })
})

describe('lastEventId, reconnectionTime and reset()', () => {
  test('begin with what the app gave: its ID and its initial delay', () => {
    const source = new EventSource('http://127.0.0.1/', {
      fetch: () => new Promise(() => {}),
      lastEventId: '7',
      retry: { initialDelay: 500 },
    })
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['7', 500])
    source.close()
  })

  test('follow id and retry, and ignore what is none', async () => {
    const source = EventSource.fromReadableStream(
      streamOf('retry: 5000\nid: 42\ndata: a\n\n', 'retry: bogus\ndata: b\n\n'),
    )
    const seen: unknown[] = []
    source.onmessage = ({ data }) => seen.push([data, source.lastEventId, source.reconnectionTime])
    await hear(source, 'error').nth('error')
    expect(seen).toEqual([
      ['a', '42', 5000],
      ['b', '42', 5000],
    ])
  })

  test('have the new values once what brought them was piped through', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const source = EventSource.fromReadableStream(readable)
    const heard = hear(source, 'message', 'error')
    await streamOf('id: 42\nretry: 77\ndata: first\n\n').pipeTo(writable, { preventClose: true })
    expect([source.lastEventId, source.reconnectionTime]).toEqual(['42', 77])
    await streamOf('data: second\n\n').pipeTo(writable)
    await heard.nth('error')
    expect(heard.log).toEqual(['first', 'second', 'error'])
    expect(heard.all[1]).toMatchObject({ lastEventId: '42' })
  })

  test.each([
    ['in several chunks', ['id: 1\ndata: a\n\nid: 2\nda', 'ta: b\n', '\nid: 3\ndata: c\n\nid: 4\ndata: cut']],
    [
      'in one large chunk',
      [`id: 1\ndata: a\n\n:${' '.repeat(60_000)}\nid: 2\ndata: b\n\nid: 3\ndata: c\n\nid: 4\ndata: cut`],
    ],
  ])(
    'tell what a body %s has brought once it was piped through; reset() loses nothing of it',
    async (_, chunks) => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
      const source = EventSource.fromReadableStream(readable)
      const heard = hear(source, 'message', 'error')
      await streamOf(...chunks).pipeTo(writable, { preventClose: true })
      expect(source.lastEventId).toBe('3')
      source.reset()
      await streamOf('data: next\n\n').pipeTo(writable)
      await heard.nth('error')
      expect(heard.log).toEqual(['a', 'b', 'c', 'next', 'error'])
      expect(heard.all[3]).toMatchObject({ lastEventId: '3' })
    },
  )

  test('reset() drops an unfinished event and keeps lastEventId, before another body is piped in', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const source = EventSource.fromReadableStream(readable)
    const heard = hear(source, 'message', 'error')
    await streamOf('id: 1\ndata: whole\n\nid: 2\ndata: cut').pipeTo(writable, { preventClose: true })
    await heard.nth('message')
    source.reset()
    await streamOf('\uFEFFdata: next\n\n').pipeTo(writable)
    await heard.nth('error')
    expect(heard.log).toEqual(['whole', 'next', 'error'])
    expect(heard.all[1]).toMatchObject({ lastEventId: '1' })
  })
})
