import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping, type Skipping } from '../../../test/support/skipping.ts'

const event = (data: string): Step => ({ type: 'event', data })
const hang: Step = { type: 'hang' }

/** Moves the clock in steps of so many ms until the stream is over; the virtual ms that passed. */
async function runOut(time: Skipping, over: Promise<unknown>, step = 10): Promise<number> {
  let ended = false
  void over.then(() => (ended = true))
  for (let passed = 0; ; passed += step) {
    await time.advance(0)
    if (ended) return passed
    await time.advance(step)
  }
}

async function timesOut(steps: readonly Step[], options: StreamOptions<StreamEvent>) {
  await using server = await play(scenario(steps))
  const time = skipping()
  const stream = fetchEventStream(server.url, { json: {}, retry: false, ...time.options, ...options })
  const [read] = await Promise.all([readAll(stream), runOut(time, stream.outcome)])
  return read
}

test('timeouts.headers ends a stream whose reply does not come', async () => {
  const { error, outcome } = await timesOut([hang], { timeouts: { headers: 200 } })

  expect(error).toMatchObject({
    code: 'timeout',
    timeout: 'headers',
    message: 'No reply within 200 ms (timeouts.headers)',
  })
  expect(outcome.type).toBe('timeout')
})

test('timeouts.headers counts the time in which a function makes headers, and tells it to stop', async () => {
  let signal: AbortSignal | undefined
  const { error } = await timesOut([hang], {
    timeouts: { headers: 200 },
    headers: (context) => {
      signal = context.signal
      return new Promise(() => {})
    },
  })

  expect(error).toMatchObject({ timeout: 'headers' })
  expect(signal?.aborted).toBe(true)
})

test('timeouts.firstEvent ends a stream to which comments come, but no event', async () => {
  const { error } = await timesOut([{ type: 'comment', text: 'working' }, hang], {
    timeouts: { firstEvent: 300 },
  })

  expect(error).toMatchObject({
    timeout: 'firstEvent',
    message: 'No event within 300 ms (timeouts.firstEvent)',
  })
})

test('timeouts.idle ends a stream that falls silent, after what came was handed over', async () => {
  await using server = await play(scenario([event('a'), hang]))
  const time = skipping()
  const timeouts = { idle: 300 }
  const stream = fetchEventStream(server.url, { json: {}, retry: false, timeouts, ...time.options })
  // The event comes from a real socket, which knows no virtual time: none passes before it is there.
  const { data, error, outcome } = await readAll(stream, () => {
    void runOut(time, stream.outcome)
  })

  expect(data).toEqual(['a'])
  expect(error).toMatchObject({ timeout: 'idle', message: 'Nothing came within 300 ms (timeouts.idle)' })
  expect(outcome).toMatchObject({ type: 'timeout', events: 1 })
})

test('two minutes of silence end an answer by default', async () => {
  await using server = await play(scenario([event('a'), hang]))
  const time = skipping()
  const stream = fetchEventStream(server.url, { json: {}, retry: false, ...time.options })
  let passed: Promise<number> | undefined
  const { error } = await readAll(stream, () => {
    passed = runOut(time, stream.outcome, 1000)
  })

  expect(error).toMatchObject({ code: 'timeout', timeout: 'idle' })
  expect(await passed).toBe(120_000)
})

test('three times the longest silence ends the connection of a subscription, once its server has shown a rhythm', async () => {
  const comment: Step = { type: 'comment', text: 'alive' }
  await using server = await play(scenario([comment, { type: 'gate', name: 'more' }, comment, hang]))
  const time = skipping()
  const stream = fetchEventStream(server.url, { retry: false, ...time.options })
  const comments = () => time.observations.filter(({ type }) => type === 'comment').length
  const reading = readAll(stream)
  await expect.poll(comments).toBe(1)
  // One comment is no rhythm: nothing is due.
  await time.advance(600_000)
  await server.release('more')
  await expect.poll(comments).toBe(2)

  // Three times the longest silence, which was ten minutes.
  expect(await runOut(time, stream.outcome, 10_000)).toBe(1_800_000)
  expect((await reading).error).toMatchObject({ code: 'timeout', timeout: 'idle' })
})

test('timeouts.total ends a stream whose server still talks', async () => {
  const { error } = await timesOut([{ type: 'repeat', steps: [event('{n}'), { type: 'wait', ms: 5 }] }], {
    timeouts: { total: 400 },
  })

  expect(error).toMatchObject({ timeout: 'total', message: 'Not done within 400 ms (timeouts.total)' })
})

test('timeouts.total leaves an answer complete whose end has come, though its body goes on', async () => {
  const goesOn: Step = {
    type: 'repeat',
    steps: [
      { type: 'comment', text: '' },
      { type: 'wait', ms: 5 },
    ],
  }
  await using server = await play(scenario([event('a'), event('[DONE]'), goesOn]))
  const time = skipping()
  const until = { data: '[DONE]', end: true }
  const stream = fetchEventStream(server.url, { json: {}, until, timeouts: { total: 400 }, ...time.options })
  const reading = readAll(stream)
  await expect.poll(() => time.observations.map(({ type }) => type)).toContain('comment')
  const [{ events, error, outcome }] = await Promise.all([reading, runOut(time, stream.outcome)])

  expect(error).toBeNull()
  expect(events).toMatchObject([{ data: 'a' }])
  expect(outcome).toMatchObject({ type: 'complete', events: 1, resumable: false })
})

test('a timeout closes the socket', async () => {
  await using server = await play(scenario([event('a'), hang]))
  const time = skipping()
  const stream = fetchEventStream(server.url, { json: {}, timeouts: { idle: 100 }, ...time.options })
  await Promise.all([readAll(stream), runOut(time, stream.outcome)])

  expect((await server.closed()).exchanges[0]?.state).toBe('aborted')
})

test('a consumer that thinks for minutes is no idle server', async () => {
  await using server = await play(
    scenario([event('a'), event('b'), { type: 'gate', name: 'more' }, event('c'), { type: 'end' }]),
  )
  const time = skipping()
  const stream = fetchEventStream(server.url, {
    json: {},
    timeouts: { idle: 400, firstEvent: 400 },
    ...time.options,
  })
  const { data, outcome } = await readAll(stream, async ({ data }) => {
    await time.advance(600_000)
    if (data === 'b') await server.release('more')
  })

  expect(data).toEqual(['a', 'b', 'c'])
  expect(outcome.type).toBe('ended')
})

test('nothing is due any more when a stream is over', async () => {
  await using server = await play(scenario([event('a'), event('over')]))
  const time = skipping()
  await readAll(
    fetchEventStream(server.url, {
      until: 'over',
      timeouts: { headers: 1000, firstEvent: 1000, idle: 1000, total: 1000 },
      ...time.options,
    }),
  )

  expect(time.due).toEqual([])
})
