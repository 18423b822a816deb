import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, type Scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'

const event: Step = { type: 'event', data: '1' }
const hang: Step = { type: 'hang' }
const never = () => new Promise<never>(() => {})

/** A signal that knows who listens to it. */
function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  const listeners = new Set<unknown>()
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.add(args[1])
    return add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.delete(args[1])
    return remove(...args)
  }
  return { controller, signal, left: () => listeners.size }
}

/** Where a stream may be when its signal aborts. */
const moments: Record<string, { steps: Scenario; options?: StreamOptions<StreamEvent>; events?: number }> = {
  'headers are being made': { steps: scenario([hang]), options: { headers: never } },
  'the body is being made': { steps: scenario([hang]), options: { body: never, method: 'POST' } },
  'no reply has come': { steps: scenario([hang]) },
  'a refused reply is being read': {
    steps: scenario([{ type: 'status', status: 400 }, { type: 'text', text: 'x' }, hang]),
  },
  'no byte of the body has come': { steps: scenario([{ type: 'open' }, hang]) },
  'an event is waited for': { steps: scenario([event, hang]), events: 1 },
  'an event is being decoded': {
    steps: scenario([event, hang]),
    options: { schema: { '~standard': { version: 1, vendor: 'test', validate: never } } } as never,
  },
  'another attempt is waited for': {
    steps: scenario([
      { type: 'status', status: 503 },
      { type: 'headers', headers: { 'retry-after': '60' } },
      { type: 'end' },
    ]),
  },
  'a resume is being made': {
    steps: scenario([event, { type: 'end' }]),
    options: { resume: never },
    events: 1,
  },
}

test.each(Object.keys(moments))('an abort while %s throws the reason, and leaves nothing', async (moment) => {
  const { steps, options = {}, events = 0 } = moments[moment] ?? { steps: scenario([]) }
  await using server = await play(steps)
  const { controller, signal, left } = countedSignal()
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown) => void unhandled.push(reason)
  globalThis.process?.on?.('unhandledRejection', onUnhandled)
  const reason = new TypeError('enough')
  let requests = 0
  const stream = fetchEventStream(server.url, {
    ...(options.body === undefined ? { json: {} } : {}),
    until: '[DONE]',
    retry: { initialDelay: 0 },
    ...options,
    signal,
    fetch: (input, init) => {
      requests += 1
      return fetch(input, init)
    },
  })
  const reading = readAll(stream)
  if (requests > 0 || !moment.includes('being made')) await server.requests(1)
  if (moment.includes('resume')) await server.closed()
  await new Promise((resolve) => setTimeout(resolve, 20))
  controller.abort(reason)

  const { error, outcome, data } = await reading
  expect(error).toBe(reason)
  expect(outcome).toMatchObject({ type: 'aborted', by: 'signal', events })
  expect(data).toHaveLength(events)
  const sent = await server.requests()
  if (sent.length > 0) await server.closed(sent.length)
  expect(left()).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 5))
  globalThis.process?.off?.('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

test('a stream that ends leaves no listener at the signal', async () => {
  await using server = await play(scenario([event, { type: 'end' }]))
  const { signal, left } = countedSignal()
  await fetchEventStream(server.url, { json: {}, signal }).done()

  expect(left()).toBe(0)
})

test('a signal of AbortSignal.timeout() gives its TimeoutError', async () => {
  await using server = await play(scenario([hang]))
  const { error } = await readAll(
    fetchEventStream(server.url, { json: {}, signal: AbortSignal.timeout(100) }),
  )

  expect(error).toMatchObject({ name: 'TimeoutError' })
})

test('an abort inside the loop ends it before the next event', async () => {
  await using server = await play(scenario([{ type: 'text', text: 'data: 1\n\ndata: 2\n\n' }, hang]))
  const controller = new AbortController()
  const stream = fetchEventStream(server.url, { json: {}, signal: controller.signal })
  const { data, error } = await readAll(stream, () => controller.abort('stop'))

  expect(data).toEqual(['1'])
  expect(error).toBe('stop')
})

test('an aborted signal sends nothing, whatever is asked of the stream', async () => {
  let sent = 0
  const fetch = async () => {
    sent += 1
    return new Response('')
  }
  const stream = fetchEventStream('http://a.test/', { json: {}, fetch, signal: AbortSignal.abort('no') })

  await expect(stream.response).rejects.toBe('no')
  expect(await stream.done()).toMatchObject({ type: 'aborted', by: 'signal', attempts: 0 })
  expect(sent).toBe(0)
})

test('nobody who reads a stream that fails is no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown) => void unhandled.push(reason)
  globalThis.process?.on?.('unhandledRejection', onUnhandled)
  const stream = fetchEventStream('http://a.test/', {
    json: {},
    fetch: () => Promise.reject(new TypeError('no')),
  })
  await stream.outcome
  await new Promise((resolve) => setTimeout(resolve, 5))
  globalThis.process?.off?.('unhandledRejection', onUnhandled)

  expect(unhandled).toEqual([])
})
