import { scenario, type Step } from '@millrace/test-server/scenario'
import { createEventStore, EventStreamError, fetchEventStream, type StoreLink } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { byHand, settled } from '../../../test/support/source-by-hand.ts'
import { shown } from '../../../test/support/shown.ts'

const numbered = (count: number): Step => ({
  type: 'text',
  text: Array.from({ length: count }, (_, n) => `data: ${n}\n\n`).join(''),
})

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

  const { error, outcome } = store.getSnapshot()
  expect(error).toMatchObject({ code: 'parse', body: 'not json' })
  expect(error?.cause).toBeInstanceOf(SyntaxError)
  // Whoever waits for the outcome hears of it, too.
  expect(outcome).toMatchObject({ type: 'invalid', events: 1 })
  expect(outcome?.error).toBe(error)
  await server.closed()
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
