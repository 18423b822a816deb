import { EventSource, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { scenario } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { isFirefox } from '../../../../../test/support/engine.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'

const silence = scenario([{ type: 'open' }, { type: 'hang' }])

test.skipIf(isFirefox)('open is a plain event that fires on headers, before any body byte', async () => {
  await using server = await play(silence)
  const source = new EventSource(server.url)
  const heard = hear(source, 'open')
  let state = -1
  source.onopen = () => {
    state = source.readyState
  }
  const open = await heard.nth('open')
  source.close()
  expect(state).toBe(1)
  expect('data' in open).toBe(false)
  expect(open).not.toBeInstanceOf(MessageEvent)
  expect([open.bubbles, open.cancelable, open.constructor]).toEqual([false, false, Event])
})

test('error comes with readyState CONNECTING, and open again with every reconnection', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'text', text: 'retry: 0\ndata: a\n\n' }, { type: 'end' }] },
      { steps: [{ type: 'event', data: 'b' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, skipping().options)
  const heard = hear(source, 'open', 'message', 'error')
  const states: number[] = []
  for (const type of ['open', 'message', 'error']) {
    source.addEventListener(type, () => states.push(source.readyState))
  }
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['open', 'a', 'error', 'open', 'b'])
  expect(states).toEqual([1, 1, 0, 1, 1])
})

test('a feed that ends is no answer that was cut: the error says that it ended', async () => {
  const source = new EventSource('http://127.0.0.1/', {
    fetch: async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  })
  const error = await new Promise((resolve) =>
    source.addEventListener('error', (event) => resolve(event.error)),
  )
  source.close()
  expect(error).toMatchObject({ code: 'truncated', message: 'The event stream ended' })
})

test('an error event does not bubble and cannot be cancelled', async () => {
  const source = new EventSource('about:blank')
  const error = await hear(source, 'error').nth('error')
  expect([error.bubbles, error.cancelable, error.constructor]).toEqual([false, false, Event])
  expect('data' in error).toBe(false)
})

test('close() in the error listener prevents the retry', async () => {
  const time = virtualTime()
  let calls = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      calls++
      throw new TypeError('down')
    },
  })
  source.onerror = () => source.close()
  await time.advance(60_000)
  expect([calls, source.readyState, time.due]).toEqual([1, 2, []])
})

/** Replies of one message and a clean end, the times of the requests, and the events, all on one virtual clock. */
function polling(text: string, random = () => 0.5) {
  const time = virtualTime({ random })
  const at: number[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      at.push(time.runtime.now())
      return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  return { time, at, source }
}

test.each([0, 0.999])(
  'the wait after a clean end is 3 s to 3.45 s by default, with dice at %f',
  async (dice) => {
    const { time, at, source } = polling('data: a\n\n', () => dice)
    await time.advance(4000)
    source.close()
    expect(at).toHaveLength(2)
    expect(at[1]).toBeGreaterThanOrEqual(3000)
    expect(at[1]).toBeLessThanOrEqual(3450)
  },
)

test('the wait is never shorter than the retry of the server, and is kept over reconnections', async () => {
  const time = virtualTime()
  const at: number[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      at.push(time.runtime.now())
      const text = at.length === 1 ? 'retry: 10000\ndata: a\n\n' : 'data: b\n\n'
      return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  await time.advance(35_000)
  source.close()
  expect(at.length).toBe(4)
  for (const [n, moment] of at.entries())
    if (n > 0) expect(moment - (at[n - 1] ?? 0)).toBeGreaterThanOrEqual(10_000)
})

test('no request comes before the error event has fired', async () => {
  const { time, at, source } = polling('retry: 0\ndata: a\n\n')
  const requestsAtError: number[] = []
  source.onerror = () => requestsAtError.push(at.length)
  await time.advance(2000)
  source.close()
  expect(requestsAtError.slice(0, 3)).toEqual([1, 2, 3])
})

test('a failed connection tells one error and is never tried again', async () => {
  const time = virtualTime()
  let calls = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      calls++
      return new Response('', {
        status: calls === 1 ? 500 : 200,
        headers: { 'content-type': 'text/event-stream' },
      })
    },
  })
  const heard = hear(source, 'open', 'error')
  await time.advance(600_000)
  expect([calls, source.readyState, heard.log]).toEqual([1, 2, ['error']])
})

test('close() aborts what is under way: the server sees the socket close', async () => {
  await using server = await play(scenario([{ type: 'comment', text: 'hello' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await heard.nth('open')
  source.close()
  expect(source.readyState).toBe(2)
  await server.closed()
  expect(heard.log).toEqual(['open'])
})

test('close() before the headers frees the socket, and tells nothing', async () => {
  await using server = await play(scenario([{ type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  await server.requests(1)
  source.close()
  await server.closed()
  expect([source.readyState, heard.log]).toEqual([2, []])
})

test('close() right after the constructor sends nothing', async () => {
  const time = virtualTime()
  let calls = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: () => {
      calls++
      return new Promise(() => {})
    },
  })
  source.close()
  await time.advance(1000)
  expect(calls).toBe(0)
})

test('close() inside open leaves the messages of that connection undelivered', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  const source = new EventSource(server.url)
  const heard = hear(source, 'open', 'message', 'error')
  source.onopen = () => source.close()
  await server.closed()
  expect(heard.log).toEqual(['open'])
})

test('close() while waiting to retry stops the timer', async () => {
  const { time, at, source } = polling('data: a\n\n')
  const heard = hear(source, 'error')
  await time.advance(100)
  expect(heard.log).toEqual(['error'])
  source.close()
  expect(time.due).toEqual([])
  await time.advance(60_000)
  expect([at.length, heard.log]).toEqual([1, ['error']])
})

test('there is never more than one connection, and none after CLOSED', async () => {
  const time = virtualTime()
  const open = new Set<object>()
  let most = 0
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      const connection = {}
      open.add(connection)
      most = Math.max(most, open.size)
      const gone = () => void open.delete(connection)
      init?.signal?.addEventListener('abort', gone)
      return new Response(new ReadableStream({ cancel: gone }), {
        headers: { 'content-type': 'text/event-stream' },
      })
    },
  })
  for (let n = 0; n < 50; n++) {
    await time.advance(n % 3)
    source.reconnect()
  }
  await time.advance(10)
  source.close()
  await time.advance(10)
  expect([most, open.size]).toEqual([1, 0])
})

test('an aborted signal closes without an event, and one that is aborted already sends nothing', async () => {
  const time = virtualTime()
  let calls = 0
  const fetch = () => {
    calls++
    return new Promise<Response>(() => {})
  }
  const controller = new AbortController()
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch,
    signal: controller.signal,
  })
  const heard = hear(source, 'open', 'error')
  await time.advance(10)
  controller.abort()
  expect([source.readyState, calls, heard.log]).toEqual([2, 1, []])

  const never = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch,
    signal: AbortSignal.abort(),
  })
  await time.advance(10)
  expect([never.readyState, calls]).toEqual([2, 1])
})

test('retry: false makes one attempt, and its end is an error and CLOSED', async () => {
  const time = virtualTime()
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    retry: false,
    fetch: async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  })
  const heard = hear(source, 'open', 'message', 'error')
  await time.advance(60_000)
  expect([source.readyState, heard.log]).toEqual([2, ['open', 'a', 'error']])
})

test('reconnect() in a listener drops what is queued and asks for it again from the last event dispatched', async () => {
  const time = virtualTime()
  const ids: (string | null)[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      ids.push(new Headers(init?.headers).get('last-event-id'))
      const text = ids.length === 1 ? 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n' : 'data: again\n\n'
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  const heard = hear(source, 'open', 'message', 'error')
  source.onmessage = ({ data }) => {
    if (data === 'a') source.reconnect()
  }
  await heard.nth('message', 2)
  source.close()
  expect(heard.log).toEqual(['open', 'a', 'open', 'again'])
  expect(heard.all[3]).toMatchObject({ lastEventId: '1' })
  expect(ids).toEqual([null, '1'])
})

test('reconnect() of an observer that hears of an ID asks for the event of that ID, however many attempts it takes', async () => {
  const time = virtualTime()
  const ids: (string | null)[] = []
  const replies = ['id: 1\ndata: a\n\nid: 2\ndata: b\n\n', null, 'id: 2\ndata: b\n\n']
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async (_url, init) => {
      ids.push(new Headers(init?.headers).get('last-event-id'))
      const reply = replies.shift()
      if (reply === null) throw new TypeError('failed')
      return new Response(reply, { headers: { 'content-type': 'text/event-stream' } })
    },
    observe: (observation) => {
      if (observation.type === 'id' && observation.id === '2' && ids.length === 1) source.reconnect()
    },
  })
  const heard = hear(source, 'message')
  await time.advance(10_000)
  source.close()

  expect(heard.log).toEqual(['a', 'b'])
  expect(ids.slice(0, 3)).toEqual([null, '1', '1'])
})

describe('observe, with a listener or an observer that closes', () => {
  const events = (text: string) => async () =>
    new Response(text, { headers: { 'content-type': 'text/event-stream' } })

  test.each([
    ['open', 'attempt response open close'],
    ['event', 'attempt response open OPEN event close'],
    ['error', 'attempt response open OPEN event MESSAGE event MESSAGE error close'],
  ])('nothing is told after close() at %s', async (at, told) => {
    const time = virtualTime()
    const log: string[] = []
    const source: EventSource = new EventSource('http://127.0.0.1/', {
      runtime: time.runtime,
      fetch: events('data: a\n\ndata: b\n\n'),
      observe: ({ type }) => {
        log.push(type)
        if (type === at) source.close()
      },
    })
    for (const type of ['open', 'message', 'error'])
      source.addEventListener(type, () => log.push(type.toUpperCase()))
    await time.advance(20_000)
    expect(log.join(' ')).toBe(told)
  })

  test.each<[string, EventSourceInit, string]>([
    ['a clean end', {}, 'attempt response open retry id event error scheduled attempt'],
    ['the end with retry: false', { retry: false }, 'attempt response open retry id event error close'],
    [
      'a total timeout',
      { timeouts: { total: 100 } },
      'attempt response open retry id event error scheduled error close',
    ],
  ])('the whole sequence is told in order: %s', async (_, init, told) => {
    const time = virtualTime()
    const log: string[] = []
    const source = new EventSource('http://127.0.0.1/', {
      ...init,
      runtime: time.runtime,
      fetch: events('retry: 0\n\nid: 1\ndata: a\n\n'),
      observe: ({ type }) => log.push(type),
    })
    await time.advance(600)
    source.close()
    expect(log.join(' ').slice(0, told.length)).toBe(told)
  })

  test('no delay is told after close() or reconnect() in the error listener', async () => {
    const time = virtualTime()
    const log: string[] = []
    const source = new EventSource('http://127.0.0.1/', {
      runtime: time.runtime,
      fetch: events('data: a\n\n'),
      observe: ({ type }) => log.push(type),
    })
    let errors = 0
    source.onerror = () => (++errors === 1 ? source.reconnect() : source.close())
    await time.advance(20_000)
    const connection = 'attempt response open event error'
    expect(log.join(' ')).toBe(`${connection} ${connection} close`)
  })
})
