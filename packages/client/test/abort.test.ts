import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, type Scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isFirefox } from '../../../test/support/engine.ts'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { deferred } from '../src/api/deferred.ts'

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

/** Where a stream may be when its signal aborts, and what tells that it is there. */
interface Moment {
  readonly steps: Scenario
  readonly options?: (reached: () => void) => StreamOptions<StreamEvent>
  /** What else is there by then: the request on the server, the reply with us, or so many events. */
  readonly at?: 'request' | 'reply'
  readonly events?: number
}

/** The app is asked for something and never answers. */
const asked = (reached: () => void) => () => {
  reached()
  return never()
}

const moments: Record<string, Moment> = {
  'headers are being made': {
    steps: scenario([hang]),
    options: (reached) => ({ headers: asked(reached) }),
  },
  'the body is being made': {
    steps: scenario([hang]),
    options: (reached) => ({ body: asked(reached), method: 'POST' }),
  },
  'no reply has come': { steps: scenario([hang]), at: 'request' },
  'a refused reply is being read': {
    steps: scenario([{ type: 'status', status: 400 }, { type: 'text', text: 'x' }, hang]),
    at: 'reply',
  },
  'no byte of the body has come': {
    steps: scenario([{ type: 'open' }, hang]),
    at: isFirefox ? 'request' : 'reply',
  },
  'an event is waited for': { steps: scenario([event, hang]), events: 1 },
  'an event is being decoded': {
    steps: scenario([event, hang]),
    options: (reached) =>
      ({ schema: { '~standard': { version: 1, vendor: 'test', validate: asked(reached) } } }) as never,
  },
  'another attempt is waited for': {
    steps: scenario([
      { type: 'status', status: 503 },
      { type: 'headers', headers: { 'retry-after': '60' } },
      { type: 'end' },
    ]),
    options: (reached) => ({ observe: ({ type }) => type === 'scheduled' && reached() }),
  },
  'a resume is being made': {
    steps: scenario([event, { type: 'end' }]),
    options: (reached) => ({ resume: asked(reached), ...skipping().options }),
    events: 1,
  },
}

/** Lets all follow that needs no time to pass. */
const turn = () => new Promise((resolve) => setTimeout(resolve))

test.each(Object.entries(moments))(
  'an abort while %s throws the reason, and leaves nothing',
  async (_, moment) => {
    const { steps, options, at, events = 0 } = moment
    await using server = await play(steps)
    const { controller, signal, left } = countedSignal()
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown) => void unhandled.push(reason)
    globalThis.process?.on?.('unhandledRejection', onUnhandled)
    const reason = new TypeError('enough')
    const there = deferred<void>()
    const given = options?.(there.resolve) ?? {}
    const stream = fetchEventStream(server.url, {
      ...(given.body === undefined ? { json: {} } : {}),
      until: '[DONE]',
      retry: { initialDelay: 0 },
      ...given,
      signal,
      fetch: async (input, init) => {
        const reply = await fetch(input, init)
        if (at === 'reply') there.resolve()
        return reply
      },
    })
    const reading = readAll(stream, () => {
      if (options === undefined) there.resolve()
    })
    if (at === 'request') await server.requests(1)
    else await there.promise
    await turn()
    controller.abort(reason)

    const { error, outcome, data } = await reading
    expect(error).toBe(reason)
    expect(outcome).toMatchObject({ type: 'aborted', by: 'signal', events })
    expect(data).toHaveLength(events)
    const sent = await server.requests()
    if (sent.length > 0) await server.closed(sent.length)
    expect(left()).toBe(0)
    await turn()
    globalThis.process?.off?.('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
  },
)

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

test('an abort with null as its reason throws null', async () => {
  await using server = await play(scenario([hang]))
  const controller = new AbortController()
  const stream = fetchEventStream(server.url, { json: {}, signal: controller.signal })
  controller.abort(null)

  await expect(stream[Symbol.asyncIterator]().next()).rejects.toBe(null)
  await expect(stream.response).rejects.toBe(null)
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

test('a stream that fails and that nobody reads leaves no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown) => void unhandled.push(reason)
  globalThis.process?.on?.('unhandledRejection', onUnhandled)
  const stream = fetchEventStream('http://a.test/', {
    json: {},
    fetch: () => Promise.reject(new TypeError('no')),
  })
  await stream.outcome
  await turn()
  globalThis.process?.off?.('unhandledRejection', onUnhandled)

  expect(unhandled).toEqual([])
})
