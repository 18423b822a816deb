import { fetchEventStream, lastEventIdGet, type EventStream, type StreamEvent } from '@millrace/client'
import { expect, test, vi } from 'vitest'
import { handFed } from '../../test/support/hand-fed.ts'
import { virtualTime } from '../testing/virtual-time.ts'

const url = 'http://driver.example/'
const feed = { headers: { 'content-type': 'text/event-stream' } }

/** A fetch that never gives a reply, and the signals it was given. */
function silentFetch() {
  const signals: AbortSignal[] = []
  const fetch: typeof globalThis.fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      if (!init?.signal) throw new TypeError('no signal')
      const { signal } = init
      signals.push(signal)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  return { fetch, signals }
}

test('a request without a reply is aborted after the headers timeout, and tried again', async () => {
  const { runtime, advance } = virtualTime()
  const { fetch, signals } = silentFetch()
  const stream = fetchEventStream(url, { runtime, fetch })
  void stream.done()

  await advance(29_999)
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  await advance(1)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  await advance(1375)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  stream.close()
})

test('a headers function that takes too long is given up by the same timeout', async () => {
  const { runtime, advance } = virtualTime()
  const given: AbortSignal[] = []
  const stream = fetchEventStream(url, {
    runtime,
    fetch: async () => new Response(null, feed),
    headers: ({ signal }) => {
      given.push(signal)
      return new Promise(() => {})
    },
    retry: false,
  })
  const outcome = stream.done()

  await advance(30_000)
  expect(await outcome).toMatchObject({ type: 'timeout', error: { code: 'timeout', timeout: 'headers' } })
  expect(given.map(({ aborted }) => aborted)).toEqual([true])
})

test.each([
  ['30 s, as a GET is', undefined, 30_000],
  ['timeouts.headers', 1000, 1000],
])('the request that goes on with an answer is given up after %s', async (_, headers, ms) => {
  const { runtime, advance } = virtualTime()
  const times: number[] = []
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    if (times.length > 0) init?.signal?.addEventListener('abort', () => times.push(runtime.now()))
    times.push(runtime.now())
    return times.length === 1 ? new Response('id: 1\ndata: one\n\n', feed) : new Promise(() => {})
  }
  const answer = { method: 'POST', until: '[DONE]', resume: lastEventIdGet, timeouts: { headers } }
  const stream = fetchEventStream(url, { ...answer, runtime, fetch, retry: { maxAttempts: 1 } })
  void stream.done()
  await advance(60_000)
  stream.close()

  const [, sent = 0, givenUp] = times
  expect(givenUp).toBe(sent + ms)
})

test('a reply that comes after its attempt was left is let go of', async () => {
  const { runtime, advance } = virtualTime()
  const late = handFed()
  const replies: ((response: Response) => void)[] = []
  const fetch: typeof globalThis.fetch = () => new Promise((resolve) => void replies.push(resolve))
  const stream = fetchEventStream(url, { runtime, fetch })
  void stream.done()
  await advance(30_000)
  replies[0]?.(new Response(late.body, feed))

  await expect.poll(() => late.told).toEqual(['cancelled'])
  stream.close()
})

test('close() cancels an open body and aborts its request', async () => {
  const { runtime, advance } = virtualTime()
  const { body, told, write } = handFed()
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    init?.signal?.addEventListener('abort', () => void told.push('aborted'))
    return new Response(body, feed)
  }
  const stream = fetchEventStream(url, { runtime, fetch })
  void stream.done()
  write('data: one\n\n')
  await advance(1000)
  stream.close()

  await expect.poll(() => told.toSorted()).toEqual(['aborted', 'cancelled'])
})

test('close() while an error page is read cancels that and aborts its request', async () => {
  const { runtime, advance } = virtualTime()
  const { body, told, write } = handFed()
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    init?.signal?.addEventListener('abort', () => void told.push('aborted'))
    return new Response(body, { status: 503 })
  }
  const stream = fetchEventStream(url, { runtime, fetch })
  const outcome = stream.done()
  write('so sorry')
  await advance(1000)
  stream.close()

  await expect.poll(() => told.toSorted()).toEqual(['aborted', 'cancelled'])
  expect(await outcome).toMatchObject({ type: 'aborted', by: 'close' })
})

test('an error page that does not end is read for 2 s, not longer', async () => {
  const { runtime, advance } = virtualTime()
  const { body, told, write } = handFed()
  const fetch: typeof globalThis.fetch = async () => new Response(body, { status: 404 })
  const stream = fetchEventStream(url, { runtime, fetch })
  const outcome = stream.done()
  write('no such')
  await advance(1999)
  expect(told).toEqual([])
  await advance(1)

  expect(await outcome).toMatchObject({ error: { code: 'http-status', status: 404, body: 'no such' } })
  expect(told).toEqual(['cancelled'])
})

test('an error page of a given fetch that cannot be read leaves its status', async () => {
  const { runtime, advance } = virtualTime()
  const reply = Object.defineProperty(new Response(null, { status: 404 }), 'body', { value: 'not a stream' })
  const stream = fetchEventStream(url, { runtime, fetch: async () => reply })
  const outcome = stream.done()
  await advance(0)

  expect(await outcome).toMatchObject({ error: { code: 'http-status', status: 404, body: '' } })
})

test('a retry.when() that throws ends the stream with its error', async () => {
  const { runtime, advance } = virtualTime()
  const bug = new TypeError('a bug in when()')
  const when = () => {
    throw bug
  }
  const stream = fetchEventStream(url, {
    runtime,
    fetch: async () => Promise.reject(new TypeError('fetch failed')),
    retry: { when },
  })
  const outcome = stream.done()
  await advance(0)

  expect(await outcome).toMatchObject({ type: 'invalid', error: { code: 'invalid-option', cause: bug } })
})

test.each(['close', 'abort'] as const)(
  '%s inside retry.when() or accept() ends the stream for good: nothing is sent afterwards',
  async (how) => {
    for (const place of ['when', 'accept'] as const) {
      const time = virtualTime()
      const controller = new AbortController()
      const stop = () => {
        if (how === 'close') stream.close()
        else controller.abort()
        return undefined
      }
      let sent = 0
      const fetch = async () => {
        sent++
        return new Response(null, { status: 503 })
      }
      const options = place === 'when' ? { retry: { when: stop } } : { accept: () => stop() ?? null }
      const { signal } = controller
      const stream: EventStream<StreamEvent> = fetchEventStream(url, {
        runtime: time.runtime,
        fetch,
        signal,
        ...options,
      })
      const types: string[] = []
      void stream.done().then(({ type }) => types.push(type))
      await time.advance(0)
      expect(types, place).toEqual(['aborted'])
      await time.advance(120_000)
      expect(sent, place).toBe(1)
      expect(time.due, place).toEqual([])
    }
  },
)

test('close() as an attempt is told asks for no headers any more', async () => {
  const { runtime, advance } = virtualTime()
  const headers = vi.fn(() => ({}))
  const stream: EventStream<StreamEvent> = fetchEventStream(url, {
    runtime,
    headers,
    observe: ({ type }) => type === 'attempt' && stream.close(),
  })
  await advance(0)

  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'close' })
  expect(headers).not.toHaveBeenCalled()
})

test('reconnect() inside retry.when() is what counts: one request at once, and not another after the wait', async () => {
  const { runtime, advance } = virtualTime()
  const sent: number[] = []
  const fetch = async () => {
    sent.push(runtime.now())
    return sent.length === 1 ? new Response(null, { status: 503 }) : new Response(handFed().body, feed)
  }
  const when = () => {
    if (sent.length === 1) stream.reconnect()
    return undefined
  }
  const stream: EventStream<StreamEvent> = fetchEventStream(url, { runtime, fetch, retry: { when } })
  void stream.done()
  const start = runtime.now()
  await advance(60_000)
  expect(sent).toEqual([start, start])
  stream.close()
})

test('the total timeout ends a stream that is waiting, and leaves no timer', async () => {
  const time = virtualTime()
  const stream = fetchEventStream(url, {
    runtime: time.runtime,
    fetch: async () => Promise.reject(new TypeError('fetch failed')),
    timeouts: { total: 1000 },
  })
  const outcome = stream.done()
  await time.advance(1000)

  expect(await outcome).toMatchObject({ type: 'timeout', error: { timeout: 'total' } })
  expect(time.due).toEqual([])
})

test('retry.maxElapsed ends attempts by the clock', async () => {
  const { runtime, advance } = virtualTime()
  const stream = fetchEventStream(url, {
    runtime,
    fetch: async () => Promise.reject(new TypeError('fetch failed')),
    retry: { maxElapsed: 60_000 },
  })
  const outcome = stream.done()
  await advance(60_000)

  expect(await outcome).toMatchObject({ error: { code: 'retries-exhausted', limit: 'maxElapsed' } })
})

test('close() before the first request sends none, and leaves no timer', async () => {
  const time = virtualTime()
  const { fetch, signals } = silentFetch()
  const stream = fetchEventStream(url, { runtime: time.runtime, fetch, timeouts: { total: 1000 } })
  stream.close()
  await time.advance(0)

  expect(signals).toEqual([])
  expect(time.due).toEqual([])
})

test('close() leaves no timer, wherever the connection stands', async () => {
  for (const status of [200, 503, 0]) {
    const time = virtualTime()
    const { body, write } = handFed()
    const fetch: typeof globalThis.fetch = async () => {
      if (status === 0) throw new TypeError('fetch failed')
      return new Response(body, { status, headers: feed.headers })
    }
    const timeouts = { idle: 9000, firstEvent: 8000, total: 7000 }
    const stream = fetchEventStream(url, { runtime: time.runtime, fetch, timeouts })
    void stream.done()
    write('data: one\n\n')
    await time.advance(100)
    expect(time.due).not.toEqual([])
    stream.close()
    await time.advance(0)
    expect(time.due).toEqual([])
  }
})

test('only the wait for the next attempt keeps a process alive, and with `unref` nothing does', async () => {
  for (const unref of [false, true]) {
    const { runtime, advance } = virtualTime()
    const keeping: number[] = []
    const sleep: typeof runtime.sleep = (ms, wake, unrefs) => {
      if (!unrefs) keeping.push(ms)
      return runtime.sleep(ms, wake, unrefs)
    }
    const { body, write } = handFed()
    let sent = 0
    const fetch = async () => {
      if (++sent === 1) throw new TypeError('fetch failed')
      return new Response(body, feed)
    }
    const timeouts = { headers: 5000, firstEvent: 6000, idle: 7000, total: 60_000 }
    const stream = fetchEventStream(url, { runtime: { ...runtime, sleep }, fetch, timeouts, unref })
    void stream.done()
    await advance(2000)
    write('data: one\n\n')
    await advance(6000)
    expect(sent).toBe(2)
    // A second, and 37.5 % of it.
    expect(keeping).toEqual(unref ? [] : [1375])
    stream.close()
  }
})

test('a header or a query that holds one of our own words changes nothing that is decided', async () => {
  const words = 'network,complete,ended,truncated,response'
  for (const word of words.split(',')) {
    const { runtime, advance } = virtualTime()
    let sent = 0
    const fetch = async () => {
      if (++sent === 1) throw new TypeError('fetch failed')
      return new Response('data: [DONE]\n\ndata: more\n\n', feed)
    }
    const stream = fetchEventStream(`${url}?view=${word}`, {
      runtime,
      fetch,
      headers: { 'x-view': word },
      until: { data: '[DONE]', end: true },
    })
    const outcome = stream.done()
    await advance(10_000)
    expect(sent, word).toBe(2)
    expect(await outcome, word).toMatchObject({ type: 'complete', events: 1 })
  }
})

test('a server that changes its `retry` without end does not have `resume` asked each time whether it is ready', async () => {
  let asked = 0
  const resume = { request: () => null, ready: () => ++asked > 0 }
  const body = `id: 1\n\n${'retry: 1\nretry: 2\n'.repeat(500)}`
  const fetch = async () => new Response(body, feed)
  await fetchEventStream(url, { method: 'POST', resume, fetch, retry: false }).done()

  expect(asked).toBeLessThan(20)
})
