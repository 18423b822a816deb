import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { bareHttp, get } from '../../test/bare-http.ts'
import { scenario } from '../scenario/build.ts'
import type { Scenario, Step } from '../scenario/types.ts'
import { isOwnHost } from './host.ts'
import { Routes } from './routes.ts'
import { serve, type ServeOptions, type TestServer } from './serve.ts'

const hello = scenario([{ type: 'event', data: 'hello' }])

async function started(options?: ServeOptions, steps?: readonly Step[]): Promise<TestServer> {
  const server = await serve(steps === undefined ? hello : scenario(steps), options)
  onTestFinished(() => server.close())
  return server
}

/** A connection that sends a GET and then reads nothing. */
function deaf(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'))
  socket.pause()
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

describe('Host header', () => {
  test.each(['localhost', 'LOCALHOST:80', '127.0.0.1:1', '[::1]:8080', 'app.localhost'])(
    '%s is answered',
    async (host) => {
      const { port } = await started()
      expect((await get(port, { host })).text).toMatch(/^HTTP\/1\.1 200 /)
    },
  )

  test.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', '10.0.0.1', 'notlocalhost'])(
    '%s is refused: it may be a name rebound to loopback',
    async (host) => {
      const server = await started()
      expect((await get(server.port, { host })).text).toMatch(/^HTTP\/1\.1 403 /)
      expect(server.requests).toEqual([])
    },
  )

  test('whatever address the machine has is answered by a server that listens on all of them; a foreign name is not', async () => {
    const { port, url } = await started({ host: '0.0.0.0' })
    const status = async (host: string) => (await get(port, { host })).text.slice(9, 12)

    expect(url).toBe(`http://127.0.0.1:${port}/`)
    expect(await status(`0.0.0.0:${port}`)).toBe('200')
    expect(await status('192.168.7.7:80')).toBe('200')
    expect(await status('[fe80::7]:80')).toBe('200')
    expect(await status('evil.test')).toBe('403')
    expect(isOwnHost('[fe80::7]', ['::'])).toBe(true)
  })

  test('the name that it listens on is its own, in whatever letters', () => {
    expect(isOwnHost('box.test:80', ['Box.test'])).toBe(true)
  })

  test('a name that was given is answered', async () => {
    const { port } = await started({ hosts: ['box.test'] })
    expect((await get(port, { host: 'box.test:99' })).text).toMatch(/^HTTP\/1\.1 200 /)
  })
})

describe('CORS', () => {
  test('an origin that was given may read, with the origin named and never *', async () => {
    const { port } = await started({ origins: ['http://page.test'] })
    const { text } = await get(port, { origin: 'http://page.test' })
    expect(text).toMatch(/^access-control-allow-origin: http:\/\/page\.test\r$/im)
    expect(text).toMatch(/^vary: origin\r$/im)
  })

  test.each([[], ['http://page.test']])(
    'another origin gets no CORS header (origins %o)',
    async (...origins) => {
      const { port } = await started({ origins })
      expect((await get(port, { origin: 'http://evil.test' })).text).not.toMatch(/access-control/i)
    },
  )

  test('a preflight is answered, counted, and no request of the scenario', async () => {
    const server = await started({ origins: ['http://page.test'] })
    const response = await fetch(server.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://page.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'last-event-id',
      },
    })
    expect([response.status, response.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'last-event-id',
    ])
    expect([server.requests.length, server.journal.preflights]).toEqual([0, 1])
  })
})

describe('control routes', () => {
  const body = JSON.stringify(hello)
  const send = (
    server: TestServer,
    headers: Readonly<Record<string, string>>,
    route = 'scenarios',
    method = 'POST',
  ) => fetch(new URL(route, server.control?.url), { method, headers, ...(method === 'POST' ? { body } : {}) })

  test('are off unless asked for', async () => {
    const server = await started()
    expect(server.control).toBeNull()
    await fetch(new URL('/.millrace/scenarios', server.url), { method: 'POST', body })
    expect(server.requests[0]?.url).toBe('/.millrace/scenarios')
  })

  test('need the token', async () => {
    const server = await started({ control: true })
    expect((await send(server, {})).status).toBe(401)
    expect((await send(server, { authorization: `Bearer ${server.control?.token}x` })).status).toBe(401)
    expect((await send(server, { authorization: `Bearer ${server.control?.token}` })).status).toBe(201)
  })

  test('need no header and no method that a preflight asks for', async () => {
    const server = await started({ control: 'token' })
    expect((await send(server, {}, 'scenarios?token=other')).status).toBe(401)
    const { id } = (await (await send(server, {}, 'scenarios?token=token')).json()) as { id: string }
    expect((await send(server, {}, `scenarios/${id}?token=token`, 'GET')).status).toBe(200)
    expect((await send(server, {}, `scenarios/${id}/remove?token=token`)).status).toBe(204)
    expect((await send(server, {}, `scenarios/${id}?token=token`, 'GET')).status).toBe(404)
  })

  test.each([
    { origin: 'http://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('change nothing for %o, even with the token', async (headers) => {
    const { port, control } = await started({ control: true })
    const { text } = await bareHttp(
      port,
      [
        'POST /.millrace/scenarios HTTP/1.1',
        'host: localhost',
        'connection: close',
        `authorization: Bearer ${control?.token}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `content-length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    )
    expect(text).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('name the place of a mistake in a scenario', async () => {
    const server = await started({ control: 'token' })
    const response = await fetch(new URL('scenarios', server.control?.url), {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: '{"replies":[{"steps":[{"type":"wait","ms":"5"}]}]}',
    })
    expect([response.status, await response.text()]).toEqual([
      400,
      'scenario.replies[0].steps[0].ms: expected a number from 0\n',
    ])
  })

  test('publish to a channel, and end it', async () => {
    const server = await started({ control: 'token' })
    const steps = [{ type: 'open' }, { type: 'channel', name: 'a b' }, { type: 'comment', text: 'over' }]
    const post = (route: string, body: unknown = {}) =>
      fetch(`${server.control?.url}scenarios${route}?token=token`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    const { id, path } = (await (await post('', { replies: [{ steps }] })).json()) as {
      id: string
      path: string
    }
    const response = await fetch(new URL(path, server.url))

    expect((await post(`/${id}/channels/a%20b`, { id: '1', data: 'live' })).status).toBe(204)
    expect((await post(`/${id}/channels/a%20b/end`)).status).toBe(204)
    expect(await response.text()).toBe('id: 1\ndata: live\n\n: over\n')

    const odd = await post(`/${id}/channels/a%20b`, { dta: 'x' })
    expect([odd.status, await odd.text()]).toEqual([
      400,
      'event.dta: expected no such member; there are event, data, id, retry\n',
    ])
    const unknown = await post(`/${id}/channels/b`, { data: 'x' })
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      'The scenario has no channel "b"; it has "a b".\n',
    ])
  })

  test('forget the scenarios that the next one names', async () => {
    const server = await started({ control: 'token' })
    const headers = { authorization: 'Bearer token' }
    const play = async (over = '') => {
      const reply = await send(server, headers, `scenarios${over}`)
      return ((await reply.json()) as { id: string }).id
    }
    const [first, second] = [await play(), await play()]
    const third = await play(`?remove=${first}&remove=${second}&remove=unknown`)
    const statuses = [first, second, third].map(
      async (id) => (await send(server, headers, `scenarios/${id}`, 'GET')).status,
    )
    expect(await Promise.all(statuses)).toEqual([404, 404, 200])
  })

  test('forget a scenario that was deleted', async () => {
    const server = await started({ control: 'token' })
    const headers = { authorization: 'Bearer token' }
    const { id, path } = (await (await send(server, headers)).json()) as { id: string; path: string }
    expect((await send(server, headers, `scenarios/${id}`, 'DELETE')).status).toBe(204)
    expect((await send(server, headers, `scenarios/${id}`, 'GET')).status).toBe(404)
    expect(server.requests).toEqual([])
    await (await fetch(new URL(path, server.url))).text()
    expect(server.requests).toHaveLength(1)
  })
})

describe('limits', () => {
  test('one that is undefined counts as not given', async () => {
    const { port } = await started({ limits: { body: undefined, connections: undefined } })
    expect((await get(port, { host: 'localhost' })).text).toMatch(/^HTTP\/1\.1 200 /)
    const large = await fetch(`http://localhost:${port}`, { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) })
    expect(large.status).toBe(413)
  })

  test('records beyond the limit are forgotten, the oldest first', async () => {
    const server = await started({ limits: { journal: 10_000 } })
    for (const name of ['/1', '/2', '/3'])
      await (await fetch(new URL(name, server.url), { method: 'POST', body: 'x'.repeat(5000) })).text()
    await server.whenClosed(3)
    expect(server.requests.map(({ url }) => url)).toEqual(['/3'])
    expect(server.journal.records()).toMatchObject({ forgotten: 2, exchanges: [{ request: { number: 3 } }] })
  })

  test('a body over the limit gets a 413 and is not recorded', async () => {
    const server = await started({ limits: { body: 10 } })
    expect((await fetch(server.url, { method: 'POST', body: 'x'.repeat(10) })).status).toBe(200)
    expect((await fetch(server.url, { method: 'POST', body: 'x'.repeat(11) })).status).toBe(413)
    expect(server.requests).toHaveLength(1)
  })

  test('headers over 16 KiB get a 431', async () => {
    const { port } = await started()
    expect((await get(port, { 'last-event-id': 'x'.repeat(16 * 1024) })).text).toMatch(/^HTTP\/1\.1 431 /)
  })

  test('connections over the limit are dropped', async () => {
    const server = await started({ limits: { connections: 2 } }, [{ type: 'open' }, { type: 'hang' }])
    deaf(server.port)
    deaf(server.port)
    await server.journal.until(({ requests }) => requests.length === 2)
    expect((await get(server.port)).text).toBe('')
    expect(server.requests).toHaveLength(2)
  })

  test('an exchange ends with its life', async () => {
    const server = await started({ limits: { life: 20 } }, [{ type: 'event', data: 'a' }, { type: 'hang' }])
    expect((await get(server.port)).ended).toBe('reset')
    expect(server.exchanges[0]?.state).toBe('dropped')
  })

  test('a reader that takes nothing for too long is dropped, and the scenario never runs ahead of it', async () => {
    const size = 64 * 1024 * 1024
    const server = await started({ limits: { stalled: 50 } }, [{ type: 'fill', size }])
    deaf(server.port)
    await server.whenClosed()
    expect(server.exchanges[0]?.state).toBe('dropped')
    // What the kernel's buffers on both sides took, no more.
    expect(server.exchanges[0]?.bytes).toBeLessThan(size / 4)
  })

  test('a reader of a channel that is behind by more than the limit is dropped; another is not', async () => {
    const server = await started({ limits: { behind: 100_000 } }, [
      { type: 'comment', text: 'hi' },
      { type: 'channel', name: 'news' },
    ])
    deaf(server.port)
    const reading = get(server.port)
    await expect.poll(() => server.listeners('news')).toBe(2)
    const data = 'x'.repeat(50_000)
    for (let sent = 0; server.journal.closed === 0 && sent < 1000; sent += 1) {
      server.publish('news', { data })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(server.exchanges.map(({ state }) => state)).toEqual(['dropped', 'open'])
    server.endChannel('news')
    expect((await reading).ended).toBe('end')
  })

  test('a taken port is reported', async () => {
    const { port } = await started()
    await expect(serve(hello, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('close() drops what is open and leaves no connection', async () => {
    const server = await serve(scenario([{ type: 'open' }, { type: 'hang' }]))
    const reply = get(server.port)
    await server.nextRequest()
    await server.close()
    await reply
    expect(server.connections.open).toBe(0)
  })
})

test('a limit of Infinity is none: nothing is dropped for it', async () => {
  const none = { life: Number.POSITIVE_INFINITY, stalled: Number.POSITIVE_INFINITY }
  const server = await started({ limits: none }, [
    { type: 'open' },
    { type: 'gate', name: 'later' },
    { type: 'event', data: 'late' },
  ])
  const response = await fetch(server.url)
  await server.whenAt('later')
  // A timer that had overflown would have fired before this one.
  await new Promise((resolve) => setTimeout(resolve, 20))
  server.release('later')
  expect(await response.text()).toBe('data: late\n\n')
})

test('close() called twice at a time resolves for both callers', async () => {
  const server = await started({}, [{ type: 'open' }, { type: 'hang' }])
  const response = await fetch(server.url)
  await Promise.all([server.close(), server.close()])
  expect(server.connections.open).toBe(0)
  await expect(response.text()).rejects.toThrow()
})

test.each(['http://localhost:5173/', '*', 'null', 'localhost:5173'])(
  '%s in `origins` is refused: it is the origin of no page, or of any',
  async (origin) => {
    await expect(serve(hello, { origins: [origin] })).rejects.toThrow(/^`origins` are origins as browsers/)
  },
)

test('an origin of a scheme of its own, as apps have, may be given', async () => {
  const { url } = await started({ origins: ['capacitor://localhost'] })
  const { headers } = await fetch(url, { headers: { origin: 'capacitor://localhost' } })
  expect(headers.get('access-control-allow-origin')).toBe('capacitor://localhost')
})

test.each(['//', '//[', '//evil.test/a', '/%zz', 'http://evil.test/a'])(
  'the target %s is answered as any other path',
  async (target) => {
    const { port } = await started()
    expect((await get(port, {}, target)).text).toMatch(/^HTTP\/1\.1 200 /)
  },
)

test('a target that is no URL gets a 400', async () => {
  const { port } = await started()
  expect((await get(port, {}, 'http://[')).text).toMatch(/^HTTP\/1\.1 400 /)
})

test.each([
  ['HEAD', []],
  ['GET', [{ type: 'status', status: 204 }]],
] satisfies [string, Step[]][])(
  'a reply to %s without a body ends with its head, also where the scenario never does',
  async (method, steps) => {
    const endless: Step = { type: 'repeat', steps: [{ type: 'event', data: 'x' }] }
    const server = await started({}, [...steps, endless])
    await fetch(server.url, { method })
    await server.whenClosed()
    expect(server.exchanges).toMatchObject([{ state: 'end', bytes: 0 }])
  },
)

test.each(['/a b', '/ü', '/a/./b'])('a scenario at the path %s answers for it', async (path) => {
  const server = await serve({ '/first': hello, [path]: hello })
  onTestFinished(() => server.close())
  expect(await (await fetch(server.at(path).url)).text()).toBe('data: hello\n\n')
  expect(server.at(path).requests).toHaveLength(1)
})

test.each([
  [[{ type: 'event', data: 'x' }], /^serve\(\) takes a scenario/],
  [undefined, /^serve\(\) takes a scenario/],
  [{ replys: [] }, /^A scenario has `replies`;.*"replys"$/],
  [{ '/a?b=1': hello }, /before the query: "\/a\?b=1"$/],
  [{ '/a': hello, '/b': { replies: [{}] } }, /^scenarios\["\/b"\]\.replies\[0\]\.steps: expected a list$/],
])('serve(%o) says what it takes', async (given, message) => {
  await expect(serve(given as unknown as Scenario)).rejects.toThrow(message)
})

test.each([
  [{ host: '' }, /^`host` is a name or an address/],
  [{ origins: 'http://localhost:5173' }, /^`origins` is a list of origins/],
  [{ limits: { conections: 1 } }, /^There is no limit "conections"; there are connections, header/],
  [{ limits: { life: -1 } }, /^`limits\.life` is a number from 0, or Infinity, not -1\.$/],
])('serve(…, %o) says what is wrong before it listens', async (options, message) => {
  await expect(serve(hello, options as unknown as ServeOptions)).rejects.toThrow(message)
})

test.each([
  ['gates/%zz', 'POST'],
  ['channels/%zz', 'POST'],
  ['drop?by=bang', 'POST'],
  ['?requests=many', 'GET'],
])('the control route %s says at once that it is wrong', async (route, method) => {
  const { control } = await started({ control: 'secret' })
  const headers = { authorization: 'Bearer secret' }
  const made = await fetch(`${control?.url}scenarios`, {
    method: 'POST',
    headers,
    body: JSON.stringify(hello),
  })
  const { id } = (await made.json()) as { readonly id: string }
  const separator = route.startsWith('?') ? '' : '/'
  const { status } = await fetch(`${control?.url}scenarios/${id}${separator}${route}`, { method, headers })
  expect(status).toBe(400)
})

test('what close() ends is recorded as that, and not as left by its client; also where its scenario was replaced', async () => {
  const server = await serve(scenario([{ type: 'open' }, { type: 'hang' }]))
  const { journal } = server.at('/')
  await fetch(server.url)
  server.add('/', hello)
  await server.close()
  expect(journal.exchanges).toMatchObject([{ state: 'fin', status: 200 }])
})

test('drop() by what is no ending throws, and ends nothing', async () => {
  const server = await started({}, [{ type: 'open' }, { type: 'hang' }])
  await fetch(server.url)
  expect(() => server.drop('bang' as 'end')).toThrow(TypeError)
  expect(server.exchanges).toMatchObject([{ state: 'open' }])
})

test('a path of thousands of slashes is looked up no more often than a scenario has slashes', () => {
  const routes = new Routes()
  const stage = routes.add('/a/b', hello)
  const get = vi.spyOn(Map.prototype, 'get')
  onTestFinished(() => get.mockRestore())

  expect(routes.find(`/a/b/${'/'.repeat(16_000)}`)).toBe(stage)
  expect(routes.find('/a/bc')).toBeUndefined()
  expect(get.mock.calls.length).toBeLessThan(10)
})

test('a refusal, which repeats the path, is plain text to every browser', async () => {
  const server = await serve({ '/a': hello })
  onTestFinished(() => server.close())

  const response = await fetch(new URL('/<script>', server.url))
  expect(response.status).toBe(404)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})
