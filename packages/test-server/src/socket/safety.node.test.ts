import { describe, expect, onTestFinished, test } from 'vitest'
import { get } from '../../test/bare-http.ts'
import { deaf, hello, started } from '../../test/started.ts'
import type { Step } from '../scenario/types.ts'
import { isOwnHost } from './host.ts'
import { serve } from './serve.ts'

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

test('a refusal, which repeats the path, is plain text to every browser', async () => {
  const server = await serve({ '/a': hello })
  onTestFinished(() => server.close())

  const response = await fetch(new URL('/<script>', server.url))
  expect(response.status).toBe(404)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})
