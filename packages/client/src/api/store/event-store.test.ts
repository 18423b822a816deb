import { scenario, type Step } from '@millrace/test-server/scenario'
import {
  createEventStore,
  EventStreamError,
  fetchEventStream,
  type EventStore,
  type StoreLink,
} from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { growth } from '../../../../../test/support/growth.ts'
import { play } from '../../../../../test/support/remote.ts'

type Shown = ReturnType<EventStore<unknown, unknown, unknown>['getSnapshot']>

/** Resolves once a snapshot does what is asked of it. */
function shown(
  store: Pick<EventStore<unknown, unknown, never>, 'subscribe' | 'getSnapshot'>,
  holds: (snapshot: Shown) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds(store.getSnapshot())) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = store.subscribe(check)
    check()
  })
}

const numbered = (count: number): Step => ({
  type: 'text',
  text: Array.from({ length: count }, (_, n) => `data: ${n}\n\n`).join(''),
})

const event = (data: string, lastEventId = '') => ({ type: 'message', data, raw: data, lastEventId })

/** A source whose reads are handed over by the test. */
function byHand() {
  const runs: { give(...data: string[]): Promise<void>; link: StoreLink }[] = []
  const source = (_: void, link: StoreLink) => {
    let wake = () => {}
    const queue: (readonly ReturnType<typeof event>[])[] = []
    async function* batches() {
      for (;;) {
        for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) yield batch
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
    runs.push({
      link,
      give: async (...data) => {
        queue.push(data.map((text) => event(text, `id-${text}`)))
        wake()
        await settled()
      },
    })
    return { batches, [Symbol.asyncIterator]: never }
  }
  return { source, runs }
}

function never(): never {
  throw new TypeError('The store reads by batches where there are any')
}

/** Every promise that was ready has run. */
const settled = () => virtualTime().advance(0)

test.each(['frame', 'microtask'] as const)(
  'createEventStore() hands over 100 events of one chunk in order, and tells subscribers at most twice (batch %s)',
  async (batch) => {
    await using server = await play(
      // Firefox tells nothing of a reply before the first byte of its body.
      scenario([
        { type: 'comment', text: 'open' },
        { type: 'gate', name: 'burst' },
        numbered(100),
        { type: 'hang' },
      ]),
    )
    const store = createEventStore((_: void, link) => fetchEventStream(server.url, link), {
      initial: [] as string[],
      reduce: (all, { data }) => [...all, data],
      history: 30,
      batch,
    })
    const heard: string[] = []
    store.onEvent(({ data }) => heard.push(data))
    store.start()
    await shown(store, ({ phase }) => phase === 'open')
    let told = 0
    store.subscribe(() => told++)
    await server.release('burst')
    await shown(store, ({ data }) => (data as string[]).length === 100)

    const all = Array.from({ length: 100 }, (_, n) => String(n))
    const { data, history } = store.getSnapshot()
    expect(heard).toEqual(all)
    expect(data).toEqual(all)
    expect(history.map((event) => event.data)).toEqual(all.slice(-30))
    expect(told).toBeLessThanOrEqual(2)
    store.stop()
    await server.closed()
  },
)

test('createEventStore() takes 20 equal payloads for 20 events', async () => {
  await using server = await play(
    scenario([...Array.from({ length: 20 }, (): Step => ({ type: 'event', data: 'same' })), { type: 'end' }]),
  )
  const store = createEventStore((_: void, link) => fetchEventStream(server.url, { json: {}, ...link }))
  const heard = vi.fn()
  store.onEvent(heard)
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')

  expect(heard).toHaveBeenCalledTimes(20)
  expect(store.getSnapshot().history).toHaveLength(20)
  expect(store.getSnapshot()).toMatchObject({
    data: 'same',
    error: null,
    outcome: { type: 'ended', events: 20 },
  })
})

test('createEventStore() with batch none tells subscribers of each event', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  store.start()
  await settled()
  const seen: unknown[] = []
  store.subscribe(() => seen.push(store.getSnapshot().data))
  await runs[0]?.give('a', 'b', 'c')

  expect(seen).toEqual(['a', 'b', 'c'])
})

test('createEventStore() takes a schedule of its own', async () => {
  const { source, runs } = byHand()
  const due: (() => void)[] = []
  const schedule = vi.fn((flush: () => void) => {
    due.push(flush)
    return () => {}
  })
  const store = createEventStore(source, { batch: schedule })
  store.start()
  await settled()
  await runs[0]?.give('a')
  await runs[0]?.give('b', 'c')

  expect(schedule).toHaveBeenCalledTimes(1)
  expect(store.getSnapshot()).toMatchObject({ data: undefined, history: [] })
  due[0]?.()
  expect(store.getSnapshot().history.map(({ data }) => data)).toEqual(['a', 'b', 'c'])
})

test('createEventStore() goes on where its schedule, or the page, calls at once', async () => {
  const frames = vi.fn((paint: FrameRequestCallback) => {
    paint(0)
    return 1
  })
  vi.stubGlobal('requestAnimationFrame', frames)
  vi.stubGlobal('cancelAnimationFrame', () => {})
  onTestFinished(() => void vi.unstubAllGlobals())
  const atOnce = (flush: () => void) => {
    flush()
    return () => {}
  }
  for (const batch of ['frame', atOnce] as const) {
    const { source, runs } = byHand()
    const store = createEventStore(source, { batch })
    store.start()
    await settled()
    await runs[0]?.give('a')
    expect(store.getSnapshot().data).toBe('a')
    await runs[0]?.give('b')
    expect(store.getSnapshot().data).toBe('b')
    store.stop()
  }
  expect(frames).toHaveBeenCalled()
})

test.each([Number.NaN, -1, '10', null])('createEventStore() refuses a history of %o', (history) => {
  const options: object = { history }
  const made = () => createEventStore(byHand().source, options)
  expect(made).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  expect(made).toThrow('`history`')
})

test('getSnapshot() gives the same object until something changes, and later events leave it as it was', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'microtask' })
  const before = store.getSnapshot()
  expect(store.getServerSnapshot()).toBe(before)
  expect(before).toMatchObject({ phase: 'idle', data: undefined, history: [], error: null, outcome: null })
  store.start()
  await runs[0]?.give()
  await settled()
  await runs[0]?.give('a')
  const first = store.getSnapshot()
  expect(store.getSnapshot()).toBe(first)
  await runs[0]?.give('b')

  expect(first.history.map(({ data }) => data)).toEqual(['a'])
  expect(store.getSnapshot()).not.toBe(first)
  expect(store.getServerSnapshot()).toBe(before)
})

test('start() supersedes the run under way, and nothing of that one lands after', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'microtask' })
  const heard: string[] = []
  store.onEvent(({ data }) => heard.push(data))
  store.start()
  await settled()
  await runs[0]?.give('old')
  store.start()
  expect(runs[0]?.link.signal.aborted).toBe(true)
  expect(store.getSnapshot()).toMatchObject({ phase: 'connecting', data: undefined, history: [] })
  await settled()
  await runs[0]?.give('stale')
  runs[0]?.link.observe({ type: 'scheduled', delay: 5, at: 0, attempt: 1, received: 0 })
  await runs[1]?.give('new')

  expect(heard).toEqual(['old', 'new'])
  expect(store.getSnapshot()).toMatchObject({ phase: 'connecting', data: 'new' })
  expect(store.getSnapshot().history).toHaveLength(1)
})

test('onEvent() listeners may stop the store between two events of one read', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'microtask' })
  const heard: string[] = []
  store.onEvent(({ data }) => {
    heard.push(data)
    if (data === 'b') store.stop()
  })
  store.start()
  await settled()
  await runs[0]?.give('a', 'b', 'c')

  expect(heard).toEqual(['a', 'b'])
  expect(store.getSnapshot()).toMatchObject({ phase: 'closed', data: 'b' })
})

test('onEvent() and subscribe() tell a listener that leaves and comes back meanwhile once of the same event', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard: string[] = []
  const shows: unknown[] = []
  // The bound ends what would go on for ever.
  const hear = ({ data }: { data: string }) => {
    heard.push(data)
    leave()
    if (heard.length < 10) leave = store.onEvent(hear)
  }
  const show = () => {
    shows.push(store.getSnapshot().data)
    unsubscribe()
    if (shows.length < 10) unsubscribe = store.subscribe(show)
  }
  store.start()
  await settled()
  let leave = store.onEvent(hear)
  let unsubscribe = store.subscribe(show)
  await runs[0]?.give('a', 'b')

  expect(heard).toEqual(['a', 'b'])
  expect(shows).toEqual(['a', 'b'])
})

test('onEvent() and subscribe() tell a listener that another one has just taken away nothing', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard = vi.fn()
  const told = vi.fn()
  store.start()
  await settled()
  store.onEvent(() => leave())
  const leave = store.onEvent(heard)
  store.subscribe(() => unsubscribe())
  const unsubscribe = store.subscribe(told)
  await runs[0]?.give('a')

  expect(heard).not.toHaveBeenCalled()
  expect(told).not.toHaveBeenCalled()
})

test('onEvent() listeners hear of an event before a subscriber that starts anew because of it, and of no other one', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard: string[] = []
  store.start()
  await settled()
  const unsubscribe = store.subscribe(() => {
    unsubscribe()
    store.start()
    heard.push('started')
  })
  store.onEvent(({ data }) => heard.push(data))
  await runs[0]?.give('a', 'b')
  await runs[1]?.give('c')

  expect(heard).toEqual(['a', 'started', 'c'])
  expect(store.getSnapshot().history).toMatchObject([{ data: 'c' }])
})

test('start() that is stopped at once never reaches the source', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { restart: 'continue' })
  store.start()
  store.stop()
  store.start()
  await settled()

  expect(runs).toHaveLength(1)
})

test('stop() closes the connection, keeps what was received and tells how it ended', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'half', id: '1' }, { type: 'hang' }]))
  const store = createEventStore(
    (prompt: string, link) => fetchEventStream(server.url, { json: { prompt }, until: '[DONE]', ...link }),
    { initial: '', reduce: (text, { data }) => text + data },
  )
  store.start('Hi')
  await shown(store, ({ data }) => data === 'half')
  store.stop()

  expect(store.getSnapshot()).toMatchObject({ phase: 'closed', data: 'half', lastEventId: '1', error: null })
  await shown(store, ({ outcome }) => outcome !== null)
  expect(store.getSnapshot().outcome).toMatchObject({ type: 'aborted', by: 'close', events: 1 })
  const { exchanges } = await server.closed()
  expect(exchanges).toMatchObject([{ request: { body: '{"prompt":"Hi"}' }, state: 'aborted' }])
})

test('reset() closes the connection and shows the first snapshot again', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'half', id: '1' }, { type: 'hang' }]))
  const store = createEventStore((_: void, link) => fetchEventStream(server.url, link))
  store.start()
  await shown(store, ({ data }) => data === 'half')
  store.reset()

  expect(store.getSnapshot()).toEqual(store.getServerSnapshot())
  await server.closed()
  expect(store.getSnapshot()).toEqual(store.getServerSnapshot())
})

test('start() with restart continue keeps the data and goes on from the last event ID', async () => {
  await using server = await play({
    replies: [
      { on: { resumed: false }, steps: [{ type: 'event', data: 'one', id: '1' }, { type: 'hang' }] },
      { steps: [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }] },
    ],
  })
  const store = createEventStore((_: void, link) => fetchEventStream(server.url, link), {
    restart: 'continue',
  })
  store.start()
  await shown(store, ({ data }) => data === 'one')
  store.stop()
  store.start()
  await shown(store, ({ data }) => data === 'two')

  expect(store.getSnapshot().history.map(({ data }) => data)).toEqual(['one', 'two'])
  expect((await server.requests(2))[1]?.headers['last-event-id']).toBe('1')
  store.stop()
  await server.closed(2)
})

test('createEventStore() shows the phases of a lost connection, its error and when it is tried again', async () => {
  const { source, runs } = byHand()
  const time = virtualTime({ start: 1_000_000 })
  const store = createEventStore(source, { batch: 'microtask', runtime: time.runtime })
  store.start()
  await settled()
  expect(store.getSnapshot().phase).toBe('connecting')
  const tell = async (observation: Parameters<StoreLink['observe']>[0]) => {
    runs[0]?.link.observe(observation)
    await settled()
    const { phase, nextRetryAt } = store.getSnapshot()
    return { phase, nextRetryAt }
  }
  const common = { at: 0, attempt: 1, received: 0 }
  expect(await tell({ type: 'open', ...common })).toEqual({ phase: 'open', nextRetryAt: null })
  await time.advance(500)
  const lost = new EventStreamError({ code: 'truncated', hint: '' }, { willRetry: true })
  expect(await tell({ type: 'error', error: lost, ...common })).toEqual({
    phase: 'waiting',
    nextRetryAt: null,
  })
  expect(await tell({ type: 'scheduled', delay: 3000, ...common })).toEqual({
    phase: 'waiting',
    nextRetryAt: 1_003_500,
  })
  expect(await tell({ type: 'attempt', ...common })).toEqual({ phase: 'connecting', nextRetryAt: null })
  const last = new EventStreamError({ code: 'truncated', hint: '' })
  expect(await tell({ type: 'error', error: last, ...common })).toMatchObject({ phase: 'connecting' })
})

describe('an observer that starts the store when it hears of the end of its run', () => {
  /** A store whose source starts it once more, the first time that one of its runs is closed. */
  async function restarting(reduce: (count: number, again: boolean) => number = (count) => count + 1) {
    const server = await play(scenario([{ type: 'event', data: 'ok' }, { type: 'hang' }]))
    onTestFinished(() => server[Symbol.asyncDispose]())
    let again = true
    const store = createEventStore(
      (_: void, link) =>
        fetchEventStream(server.url, {
          ...link,
          observe: (observation) => {
            link.observe(observation)
            if (observation.type !== 'close' || !again) return
            again = false
            store.start()
          },
        }),
      { initial: 0, reduce: (count: number) => reduce(count, again) },
    )
    store.start()
    await shown(store, ({ data }) => data === 1)
    return { server, store }
  }

  /** Only one run is left, and `stop()` ends it. */
  async function expectOneRun({ server, store }: Awaited<ReturnType<typeof restarting>>) {
    await shown(store, ({ phase, data }) => phase === 'open' && data === 1)
    store.stop()
    const { exchanges } = await server.closed(2)
    expect(exchanges.map(({ state }) => state)).toEqual(['aborted', 'aborted'])
  }

  test.each(['start', 'stop', 'reset'] as const)('leaves one run after %s()', async (member) => {
    const run = await restarting()
    run.store[member]()
    expect(run.store.getSnapshot().phase).toBe('connecting')

    await expectOneRun(run)
  })

  test('leaves one run after `reduce` has thrown', async () => {
    const run = await restarting((count, again) => {
      if (again) throw new RangeError('boom')
      return count + 1
    })

    await expectOneRun(run)
  })
})

test('createEventStore() shows the error of a refused answer, and clears it at the next start', async () => {
  await using server = await play(
    scenario(
      [{ type: 'status', status: 401 }, { type: 'end' }],
      [{ type: 'event', data: 'ok' }, { type: 'hang' }],
    ),
  )
  const store = createEventStore((_: void, link) => fetchEventStream(server.url, { json: {}, ...link }))
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')
  expect(store.getSnapshot()).toMatchObject({
    error: { code: 'http-status', status: 401 },
    outcome: { type: 'server-error' },
  })
  store.start()
  expect(store.getSnapshot()).toMatchObject({ phase: 'connecting', error: null, outcome: null })
  await shown(store, ({ data }) => data === 'ok')
  store.stop()
  await server.closed(2)
})

test('createEventStore() ends with a parse error when reduce throws, and closes the connection', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'not json' }, { type: 'hang' }]))
  const store = createEventStore((_: void, link) => fetchEventStream(server.url, link), {
    initial: null as unknown,
    reduce: (_, { data }) => JSON.parse(data) as unknown,
  })
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')

  expect(store.getSnapshot().error).toMatchObject({ code: 'parse', body: 'not json' })
  expect(store.getSnapshot().error?.cause).toBeInstanceOf(SyntaxError)
  await server.closed()
})

test('createEventStore() reads any async iterable of events, and shows what it throws', async () => {
  async function* source() {
    yield event('a')
    yield event('b')
    throw new RangeError('broken')
  }
  const store = createEventStore(source, { batch: 'microtask' })
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')

  expect(store.getSnapshot()).toMatchObject({ data: 'b', error: { code: 'network' }, outcome: null })
  expect(store.getSnapshot().error?.cause).toBeInstanceOf(RangeError)
})

test('createEventStore() takes a source that is a promise, and closes it when the run was stopped meanwhile', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  const store = createEventStore(async (_: void, link) => fetchEventStream(server.url, link))
  store.start()
  await shown(store, ({ phase, data }) => phase === 'open' && data === 'a')
  store.stop()
  await server.closed(1)

  let resolve = () => {}
  const token = new Promise<void>((done) => (resolve = done))
  const stream = fetchEventStream(server.url)
  const heedless = createEventStore(async () => {
    await token
    return stream
  })
  heedless.start()
  await settled()
  heedless.stop()
  resolve()
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'close' })
})

test.each([
  ['rejects', () => Promise.reject(new RangeError('no token'))],
  [
    'throws',
    () => {
      throw new RangeError('no token')
    },
  ],
])('createEventStore() says that its source %s', async (_, source: () => Promise<never>) => {
  const store = createEventStore(source)
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')
  expect(store.getSnapshot().error).toMatchObject({
    code: 'invalid-option',
    message: '`source` threw an error; see `cause`',
    cause: { message: 'no token' },
  })
})

test('createEventStore() calls reduce once for each event', async () => {
  const { source, runs } = byHand()
  const reduce = vi.fn((text: string, { data }: { data: string }) => text + data)
  const store = createEventStore(source, { batch: 'microtask', initial: '', reduce })
  store.start()
  await settled()
  for (let n = 0; n < 200; n++) await runs[0]?.give('x', 'y', 'z')

  expect(reduce).toHaveBeenCalledTimes(600)
  expect(store.getSnapshot().data).toBe('xyz'.repeat(200))
})

test('reduce makes text of tokens in linear time: twenty times the tokens, not four hundred times the work', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, {
    batch: 'microtask',
    history: 0,
    initial: '',
    reduce: (text, { data }) => text + data,
  })
  const reduced = async (tokens: number) => {
    store.start()
    await settled()
    const run = runs.at(-1)
    const read = Array.from({ length: 100 }, () => 'token ')
    for (let n = 0; n < tokens; n += read.length) await run?.give(...read)
    expect(store.getSnapshot().data).toHaveLength(6 * tokens)
  }
  expect(await growth(reduced, 1000, 20, 3)).toBeLessThan(3)
})
