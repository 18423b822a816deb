import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { EventStreamContentType, fetchEventSource } from '@millrace/client/fetch-event-source'

const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"n":1}' }
const one: Step = { type: 'event', data: 'one', id: '1' }
const two: Step = { type: 'event', data: 'two', id: '2', event: 'named' }
const end: Step = { type: 'end' }
const refused: readonly Step[] = [{ type: 'status', status: 503 }, end]

test.concurrent('fetchEventSource() gives messages, tells the end, and resolves', async () => {
  await using server = await play(scenario([{ type: 'comment', text: 'hello' }, one, two, end]))
  const told: unknown[] = []
  await fetchEventSource(server.url, {
    ...json,
    onopen: ({ ok, headers }) => void told.push(ok, headers.get('content-type')),
    onmessage: (message) => void told.push(message),
    onclose: () => void told.push('closed'),
  })

  expect(told).toEqual([
    true,
    EventStreamContentType,
    { id: '1', event: '', data: 'one' },
    { id: '2', event: 'named', data: 'two' },
    'closed',
  ])
  expect(await server.requests(1)).toMatchObject([{ method: 'POST', body: '{"n":1}' }])
})

test.concurrent('fetchEventSource() takes a Request', async () => {
  await using server = await play(scenario([one, end]))
  const seen: string[] = []
  await fetchEventSource(new Request(server.url, json), { onmessage: ({ data }) => void seen.push(data) })

  expect(seen).toEqual(['one'])
  expect(await server.requests(1)).toMatchObject([{ method: 'POST', body: '{"n":1}' }])
})

test.concurrent('fetchEventSource() does not send a POST again that was cut: it rejects', async () => {
  await using server = await play(
    scenario([{ type: 'cut', at: 20, by: 'reset', gate: 'cut' }, one, two, end]),
  )
  const errors: string[] = []
  const reading = fetchEventSource(server.url, {
    ...json,
    onmessage: () => void server.release('cut'),
    onerror: (error) => void errors.push(error.name),
  })

  await expect(reading).rejects.toMatchObject({ name: 'EventStreamError', willRetry: false })
  expect(errors).toEqual(['EventStreamError'])
  expect(await server.requests(1)).toHaveLength(1)
})

test.concurrent('fetchEventSource() sends a POST again when onerror returns a number', async () => {
  await using server = await play(scenario(refused, [one, end]))
  const seen: string[] = []
  await fetchEventSource(server.url, {
    ...json,
    onerror: () => 1,
    onmessage: ({ data }) => void seen.push(data),
  })

  expect(seen).toEqual(['one'])
  expect(await server.requests(2)).toHaveLength(2)
})

test.concurrent('fetchEventSource() by GET goes on after a failure, asked once, and closes at the end', async () => {
  await using server = await play(scenario(refused, [one, end]))
  const told: string[] = []
  await fetchEventSource(server.url, {
    onerror: ({ message }) => void told.push(message),
    onmessage: ({ data }) => void told.push(data),
    onclose: () => void told.push('closed'),
  })

  expect(told).toEqual(['The server answered 503', 'one', 'closed'])
})

test.concurrent('fetchEventSource() does not repeat for ever what cannot succeed', async () => {
  await using server = await play(scenario([{ type: 'status', status: 404 }, end]))
  await expect(fetchEventSource(server.url)).rejects.toMatchObject({ code: 'http-status', status: 404 })
  expect(await server.requests(1)).toHaveLength(1)
})

test.concurrent('fetchEventSource() rejects with what onerror throws', async () => {
  await using server = await play(scenario(refused))
  const fatal = new RangeError('fatal')
  const reading = fetchEventSource(server.url, {
    onerror: () => {
      throw fatal
    },
  })
  await expect(reading).rejects.toBe(fatal)
})

test.concurrent('fetchEventSource() asks onerror about what onopen throws, with the reply at hand', async () => {
  await using server = await play(scenario(refused))
  class Fatal extends Error {}
  const reading = fetchEventSource(server.url, {
    onopen: ({ status }) => {
      throw new Fatal(String(status))
    },
    onerror: (error) => {
      if (error instanceof Fatal) throw error
    },
  })
  await expect(reading).rejects.toThrow('503')
})

test.concurrent('fetchEventSource() rejects with what onopen throws when nobody says otherwise', async () => {
  await using server = await play(scenario(refused))
  const own = new TypeError('own')
  const onopen = async () => {
    throw own
  }
  await expect(fetchEventSource(server.url, { onopen })).rejects.toBe(own)
})

test.concurrent('fetchEventSource() rejects with what the fetch of the app throws when nobody says otherwise', async () => {
  const own = new TypeError('own')
  await expect(
    fetchEventSource('http://mill.test/', { ...json, fetch: () => Promise.reject(own) }),
  ).rejects.toBe(own)
})

test.concurrent.each([
  ['Authorization', { Authorization: 'old', 'content-type': 'text/plain' }],
  ['authorization', { authorization: 'old', 'content-type': 'text/plain' }],
  ['authorization', new Headers({ Authorization: 'old', 'Content-Type': 'text/plain' })],
  ['authorization', () => ({ Authorization: 'old', 'Content-Type': 'text/plain' })],
])(
  'fetchEventSource() tells the fetch of the app of %s as the app spells it, and of others in lower case',
  async (name, headers) => {
    const sent: RequestInit[] = []
    const fetch = async (_: string, init: RequestInit) => {
      sent.push({ ...init, headers: { ...given(init), [name]: 'new' } })
      return new Response('id: 7\ndata: one\n\n', { headers: { 'content-type': EventStreamContentType } })
    }
    const given = ({ headers: all }: RequestInit) => Object.fromEntries(Object.entries(all ?? {}))
    const onclose = () => {
      if (sent.length === 1) throw new TypeError('once more')
    }
    await fetchEventSource('http://mill.test/', { headers, fetch, onclose, onerror: () => 1 })

    const all = { accept: 'text/event-stream', 'content-type': 'text/plain', [name]: 'new' }
    expect(sent.map((init) => init.headers)).toEqual([all, { ...all, 'last-event-id': '7' }])
  },
)

test.concurrent('fetchEventSource() forgets what a fetch throws that was given up before', async () => {
  const late: ((error: Error) => void)[] = []
  const fetch = async () => {
    if (late.length === 0) return new Promise<Response>((_, reject) => late.push(reject))
    late[0]?.(new TypeError('late'))
    return new Response('gone', { status: 410 })
  }
  const reading = fetchEventSource('http://mill.test/', { fetch, timeouts: { headers: 1 } })
  await expect(reading).rejects.toMatchObject({ status: 410 })
})

test.concurrent('fetchEventSource() goes on from the last ID when onclose throws and onerror wants more', async () => {
  await using server = await play(scenario([one, end], [two, end]))
  const seen: string[] = []
  await fetchEventSource(server.url, {
    onmessage: ({ data }) => void seen.push(data),
    onclose: () => {
      if (seen.length < 2) throw new TypeError('too early')
    },
    onerror: () => 1,
  })

  expect(seen).toEqual(['one', 'two'])
  const [, second] = await server.requests(2)
  expect(second?.headers['last-event-id']).toBe('1')
})

test.concurrent('fetchEventSource() rejects with an error of onmessage, and closes the connection', async () => {
  await using server = await play(scenario([one, { type: 'hang' }]))
  const bug = new TypeError('bug')
  const onmessage = () => {
    throw bug
  }
  await expect(fetchEventSource(server.url, { ...json, onmessage })).rejects.toBe(bug)
  await server.closed()
})

test.concurrent('fetchEventSource() resolves when its signal aborts, also within onerror', async () => {
  await using server = await play(scenario([one, { type: 'hang' }]))
  const stop = new AbortController()
  await fetchEventSource(server.url, { ...json, signal: stop.signal, onmessage: () => stop.abort() })
  await server.closed()

  await using down = await play(scenario(refused))
  const other = new AbortController()
  let errors = 0
  await fetchEventSource(down.url, {
    signal: other.signal,
    onerror: () => {
      errors += 1
      other.abort()
      return 1
    },
  })
  expect(errors).toBe(1)
  expect(await down.requests(1)).toHaveLength(1)
})
