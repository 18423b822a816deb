import {
  fetchEventStream,
  lastEventIdGet,
  tee,
  textOf,
  type EventStream,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { leastOfFive } from '../../../test/support/least-of-five.ts'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { deferred } from '../src/api/deferred.ts'

const event = (data: string): Step => ({ type: 'event', data })
const hang: Step = { type: 'hang' }

describe('the socket closes', () => {
  test.each<[string, (stream: EventStream<StreamEvent>) => Promise<void>]>([
    [
      'break',
      async (stream) => {
        for await (const _ of stream) break
      },
    ],
    [
      'return',
      async (stream) => {
        for await (const _ of stream) return
      },
    ],
    [
      'throw',
      async (stream) => {
        const reading = (async () => {
          for await (const _ of stream) throw new TypeError('enough')
        })()
        await expect(reading).rejects.toThrow('enough')
      },
    ],
    [
      'throw() into a generator that passes it on by yield*',
      async (stream) => {
        async function* passed() {
          yield* stream
        }
        const events = passed()
        await events.next()
        const error = new TypeError('enough')
        await expect(events.throw(error)).rejects.toBe(error)
      },
    ],
    [
      'await using',
      async (stream) => {
        await using mine = stream
        await mine[Symbol.asyncIterator]().next()
      },
    ],
    [
      'close()',
      async (stream) => {
        const events = stream[Symbol.asyncIterator]()
        await events.next()
        stream.close()
        expect(await events.next()).toEqual({ done: true, value: undefined })
      },
    ],
    [
      'break from batches()',
      async (stream) => {
        for await (const _ of stream.batches()) break
      },
    ],
  ])('within 300 ms of %s', async (_, leave) => {
    const taken = await leastOfFive(300, async () => {
      await using server = await play(scenario([event('a'), hang]))
      const stream = fetchEventStream(server.url, { json: {} })
      await leave(stream)
      const left = performance.now()
      const { exchanges } = await server.closed()
      const took = performance.now() - left

      expect(exchanges[0]?.state).toBe('aborted')
      expect(await stream.outcome).toMatchObject({ type: 'aborted', events: 1 })
      return took
    })
    expect(taken).toBeLessThan(300)
  })

  test.each<[string, (stream: EventStream<StreamEvent>) => AsyncIterator<unknown>]>([
    ['the iterator', (stream) => stream[Symbol.asyncIterator]()],
    ['batches()', (stream) => stream.batches()],
    ['textOf()', (stream) => textOf(stream)],
    ['a branch', (stream) => tee(stream, 1)[0]?.[Symbol.asyncIterator]() ?? expect.fail()],
  ])('within 300 ms of return() of %s, while it waits and before it has begun', async (_, read) => {
    const taken = await leastOfFive(300, async () => {
      await using server = await play(scenario([event('a'), hang]))
      const stream = fetchEventStream(server.url, { json: {} })
      const events = read(stream)
      await events.next()
      const waiting = events.next()
      const left = performance.now()

      expect(await events.return?.()).toEqual({ done: true, value: undefined })
      expect(await waiting).toEqual({ done: true, value: undefined })
      expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'consumer', events: 1 })
      await server.closed()
      const took = performance.now() - left

      const unread = fetchEventStream(server.url, { json: {} })
      await read(unread).return?.()
      expect(await unread.outcome).toMatchObject({ type: 'aborted', by: 'consumer', events: 0 })
      return took
    })
    expect(taken).toBeLessThan(300)
  })

  test('before anybody reads, by close()', async () => {
    await using server = await play(scenario([event('a'), hang]))
    const stream = fetchEventStream(server.url, { json: {} })
    await stream.response
    stream.close()

    await server.closed()
    expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'close', events: 0 })
  })
})

describe('next()', () => {
  test('called several times without waiting answers in order', async () => {
    await using server = await play(
      scenario([event('1'), { type: 'gate', name: 'more' }, event('2'), event('3'), { type: 'end' }]),
    )
    const events = fetchEventStream(server.url, { json: {} })[Symbol.asyncIterator]()
    const results = Array.from({ length: 6 }, () => events.next())
    await server.at('more')
    await server.release('more')

    const done = { done: true, value: undefined }
    expect(await Promise.all(results)).toMatchObject([
      { done: false, value: { data: '1' } },
      { done: false, value: { data: '2' } },
      { done: false, value: { data: '3' } },
      done,
      done,
      done,
    ])
  })

  test('answers in the order of the calls, whenever it is called', async () => {
    const bytes = deferred<Uint8Array>()
    const body = {
      async *[Symbol.asyncIterator]() {
        yield await bytes.promise
      },
    }
    const response = { status: 200, headers: new Headers({ 'content-type': 'text/event-stream' }), body }
    const fetch = async () => response as unknown as Response
    const stream = fetchEventStream('http://a.test/', { json: {}, fetch })
    const events = stream[Symbol.asyncIterator]()
    await stream.response
    const calls = [events.next()]
    await new Promise((resolve) => setTimeout(resolve))
    bytes.resolve(new TextEncoder().encode(Array.from({ length: 40 }, (_, n) => `data: ${n}\n\n`).join('')))
    // One call a microtask: also in those in which the events are there, and the first call has not yet got its own.
    while (calls.length < 40) {
      await Promise.resolve()
      calls.push(events.next())
    }

    const data = (await Promise.all(calls)).map(({ value }) => Number(value?.data))
    expect(data).toEqual(Array.from({ length: 40 }, (_, n) => n))
    stream.close()
  })

  test('throws what went wrong once, and is over then', async () => {
    await using server = await play(scenario([event('1'), { type: 'end' }]))
    const events = fetchEventStream(server.url, { json: {}, until: '[DONE]' })[Symbol.asyncIterator]()
    const results = await Promise.allSettled(Array.from({ length: 3 }, () => events.next()))

    expect(results).toMatchObject([
      { status: 'fulfilled', value: { value: { data: '1' } } },
      { status: 'rejected', reason: { code: 'truncated' } },
      { status: 'fulfilled', value: { done: true } },
    ])
  })

  test('keeps order when events take their time to be decoded', async () => {
    await using server = await play(scenario([event('30'), event('1'), event('10'), { type: 'end' }]))
    const stream = fetchEventStream(server.url, {
      json: {},
      schema: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: async (value: unknown) => {
            await new Promise((resolve) => setTimeout(resolve, Number(value)))
            return { value: Number(value) }
          },
        },
      },
    })
    const events = stream[Symbol.asyncIterator]()
    const results = await Promise.all(Array.from({ length: 3 }, () => events.next()))

    expect(results.map(({ value }) => value?.data)).toEqual([30, 1, 10])
  })

  test('gives the event that ends the answer, when that takes its time to be decoded', async () => {
    await using server = await play(scenario([event('1'), event('2'), hang]))
    const stream = fetchEventStream(server.url, {
      json: {},
      parse: async (data) => Number(data),
      until: ({ data }) => data === 2,
    })
    const { data, outcome } = await readAll(stream)

    expect(data).toEqual([1, 2])
    expect(outcome).toMatchObject({ type: 'complete', events: 2 })
  })
})

describe('batches()', () => {
  test('gives the events of one read together', async () => {
    await using server = await play(
      scenario([
        { type: 'text', text: 'data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4' },
        { type: 'gate', name: 'more' },
        { type: 'text', text: '\n\ndata: 5\n\n' },
        { type: 'end' },
      ]),
    )
    const batches: string[][] = []
    for await (const batch of fetchEventStream(server.url, { json: {} }).batches()) {
      batches.push(batch.map(({ data }: StreamEvent) => data))
      if (batches.length === 1) await server.release('more')
    }

    expect(batches).toEqual([
      ['1', '2', '3'],
      ['4', '5'],
    ])
  })

  test('answers several next() without waiting in order', async () => {
    await using server = await play(
      scenario([
        { type: 'text', text: 'data: 1\n\ndata: 2\n\n' },
        { type: 'gate', name: 'more' },
        { type: 'text', text: 'data: 3\n\n' },
        { type: 'end' },
      ]),
    )
    const batches = fetchEventStream(server.url, { json: {} }).batches()
    const results = Array.from({ length: 3 }, () => batches.next())
    await results[0]
    await server.release('more')

    expect(await Promise.all(results)).toMatchObject([
      { value: [{ data: '1' }, { data: '2' }] },
      { value: [{ data: '3' }] },
      { done: true },
    ])
  })

  test('throws after the last batch where the answer is cut', async () => {
    await using server = await play(scenario([event('1'), { type: 'end' }]))
    const batches = fetchEventStream(server.url, { json: {}, until: '[DONE]' }).batches()

    expect((await batches.next()).value).toMatchObject([{ data: '1' }])
    await expect(batches.next()).rejects.toMatchObject({ code: 'truncated' })
  })
})

describe('a source that never waits', () => {
  test.each(['data: x\n\n', ':\n', 'x'])('lets an abort be seen while it says %j', async (text) => {
    const bytes = new TextEncoder().encode(text)
    const enough = 200_000
    let reads = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (++reads < enough ? controller.enqueue(bytes) : controller.close()),
    })
    const controller = new AbortController()
    const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const stream = fetchEventStream('http://a.test/', { method: 'POST', fetch, signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 1)

    expect(await stream.done()).toMatchObject({ type: 'aborted', by: 'signal' })
    expect(reads).toBeLessThan(enough)
  })
})

describe('a function of the app that throws', () => {
  const boom = () => {
    throw new TypeError('boom')
  }
  test.each<[string, StreamOptions<StreamEvent>]>([
    ['sameEvent', { resume: lastEventIdGet, sameEvent: boom }],
    ['seen of a preset', { resume: { ...lastEventIdGet, seen: boom } }],
    ['track of a preset', { resume: { ...lastEventIdGet, track: boom } }],
  ])('ends the stream: %s', async (_, options) => {
    await using server = await play(
      scenario([{ type: 'event', id: '1', data: 'a' }, { type: 'end' }], [event('b'), hang]),
    )
    const { options: time } = skipping()
    const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', ...time, ...options })

    expect(await stream.done()).toMatchObject({
      type: 'invalid',
      error: { code: 'parse', message: expect.stringContaining('made a function throw') },
    })
    expect((await stream.outcome).error?.cause).toMatchObject({ message: 'boom' })
    await server.closed()
  })
})

test.each<[string, (close: () => void) => StreamOptions<StreamEvent>]>([
  ['until', (close) => ({ until: ({ data }) => data === '2' && (close(), false) })],
  ['errorOf', (close) => ({ errorOf: ({ data }) => (data === '2' && close(), null) })],
])('%s that closes the stream has its event neither handed over nor counted', async (_, options) => {
  await using server = await play(scenario([event('1'), event('2'), event('3'), hang]))
  const stream: EventStream = fetchEventStream(
    server.url,
    options(() => stream.close()),
  )
  const { data, outcome } = await readAll(stream)

  expect(data).toEqual(['1'])
  expect(outcome).toMatchObject({ type: 'aborted', by: 'close', events: 1 })
  expect(stream.cursor.events).toBe(1)
})

describe('one consumer', () => {
  test.each<[string, (stream: EventStream<StreamEvent>) => unknown]>([
    ['an iterator', (stream) => stream[Symbol.asyncIterator]()],
    ['batches()', (stream) => stream.batches().next()],
    ['done()', (stream) => stream.done()],
  ])('a second one throws already-consumed: %s', async (_, consume) => {
    const stream = fetchEventStream('http://a.test/', { fetch: () => new Promise(() => {}) })
    stream[Symbol.asyncIterator]()

    await expect((async () => consume(stream))()).rejects.toMatchObject({ code: 'already-consumed' })
    stream.close()
  })

  test('response rejects with an AbortError when the stream is closed before a reply', async () => {
    const stream = fetchEventStream('http://a.test/', { fetch: () => new Promise(() => {}) })
    stream.close()

    await expect(stream.response).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('done() reads to the end, and gives the outcome', async () => {
    await using server = await play(scenario([event('1'), event('2'), event('over')]))
    const outcome = await fetchEventStream(server.url, { json: {}, until: 'over' }).done()

    expect(outcome).toMatchObject({ type: 'complete', events: 2 })
  })

  test('done() does not throw where the answer is cut', async () => {
    await using server = await play(scenario([event('1'), { type: 'end' }]))
    const outcome = await fetchEventStream(server.url, { json: {}, until: 'over' }).done()

    expect(outcome).toMatchObject({ type: 'truncated', error: { code: 'truncated' } })
  })
})
