import { fetchEventStream } from '@millrace/client'
import { scenario, scenarioOf, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const end: Step = { type: 'end' }
const event = (data: string): Step => ({ type: 'event', data, id: data })

test('headers are made anew for each attempt, and see what came before', async () => {
  const seen: unknown[] = []
  await using server = await play(
    scenario([event('1'), end], [{ type: 'status', status: 503 }, end], [event('over')]),
  )
  const { outcome } = await readAll(
    fetchEventStream(server.url, {
      until: 'over',
      headers: async ({ attempt, previous, signal }) => {
        seen.push([attempt, previous?.status ?? null, previous?.error.code ?? null, signal.aborted])
        return { 'x-attempt': String(attempt) }
      },
      ...skipping().options,
    }),
  )

  expect(outcome).toMatchObject({ type: 'complete', attempts: 3 })
  expect((await server.requests()).map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2', '3'])
  expect(seen).toEqual([
    [1, null, null, false],
    [2, null, 'truncated', false],
    [3, 503, 'http-status', false],
  ])
})

test('a refresh that fails for an hour is a failed attempt each time, not the end of a feed', async () => {
  const hour = 60 * 60 * 1000
  await using server = await play(scenario([event('1'), end], [event('2'), event('over')]))
  const time = skipping()
  const { data, outcome } = await readAll(
    fetchEventStream(server.url, {
      until: 'over',
      headers: async ({ attempt }) => {
        if (attempt > 1 && time.options.runtime.now() < hour) throw new TypeError('offline')
        return {}
      },
      ...time.options,
    }),
  )

  expect(data).toEqual(['1', '2'])
  expect(outcome.attempts).toBeGreaterThan(100)
  expect(await server.requests()).toHaveLength(2)
})

test('fresh headers that could not be made have not been tried: the next 401 asks for them once more', async () => {
  let token = 'old'
  const refreshes = [() => Promise.reject(new TypeError('offline')), async () => 'new']
  await using server = await play(
    scenarioOf([
      {
        on: { headers: { authorization: 'Bearer old' } },
        steps: [{ type: 'status', status: 401 }, end],
      },
      { steps: [event('over')] },
    ]),
  )
  const { outcome } = await readAll(
    fetchEventStream(server.url, {
      until: 'over',
      headers: async ({ previous }) => {
        if (previous?.status === 401) token = (await refreshes.shift()?.()) ?? 'none'
        return { authorization: `Bearer ${token}` }
      },
      ...skipping().options,
    }),
  )

  expect(outcome).toMatchObject({ type: 'complete', attempts: 4 })
  const sent = (await server.requests()).map(({ headers }) => headers['authorization'])
  expect(sent).toEqual(['Bearer old', 'Bearer old', 'Bearer new'])
})

test('a 401 in the life of a feed is worth one more attempt each time that it was open in between', async () => {
  const refused: Step[] = [{ type: 'status', status: 401 }, end]
  await using server = await play(
    scenarioOf([
      { on: { request: 2 }, steps: refused },
      { on: { request: 4 }, steps: refused },
      { on: { request: 5 }, steps: [event('over')] },
      { steps: [event('x'), end] },
    ]),
  )
  const { outcome } = await readAll(
    fetchEventStream(server.url, { until: 'over', headers: () => ({}), ...skipping().options }),
  )

  expect(outcome).toMatchObject({ type: 'complete', attempts: 5 })
})

test('a body that is a function is made for each attempt', async () => {
  await using server = await play(
    scenario(
      [{ type: 'status', status: 503 }, { type: 'headers', headers: { 'retry-after': '1' } }, end],
      [event('over')],
    ),
  )
  await readAll(
    fetchEventStream(server.url, {
      method: 'POST',
      body: ({ attempt }) => `try ${attempt}`,
      until: 'over',
      ...skipping().options,
    }),
  )

  expect((await server.requests()).map(({ body }) => body)).toEqual(['try 1', 'try 2'])
})

test('a hidden page, and one that goes offline and comes back, sends a POST once', async () => {
  await using server = await play(
    scenario([event('1'), { type: 'gate', name: 'more' }, event('2'), event('over')]),
  )
  const stream = fetchEventStream(server.url, { json: {}, until: 'over', ...skipping().options })
  const { data } = await readAll(stream, async ({ data }) => {
    if (data !== '1') return
    for (const type of ['visibilitychange', 'offline', 'online', 'freeze', 'resume']) {
      globalThis.document?.dispatchEvent(new Event(type))
      globalThis.dispatchEvent?.(new Event(type))
    }
    await server.release('more')
  })

  expect(data).toEqual(['1', '2'])
  expect(await server.requests()).toHaveLength(1)
})
