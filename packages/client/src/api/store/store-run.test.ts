import { scenario } from '@millrace/test-server/scenario'
import { createEventStore, fetchEventStream } from '@millrace/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { byHand, settled } from '../../../test/support/source-by-hand.ts'
import { shown } from '../../../test/support/shown.ts'

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
