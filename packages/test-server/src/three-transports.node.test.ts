import { setupServer, type SetupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { handlers } from './msw.ts'
import type { Playing } from './playing.ts'
import { scenario } from './scenario/build.ts'
import type { Scenario, Step } from './scenario/types.ts'
import { serve } from './socket/serve.ts'
import { limitsOf, type Transport } from './transports.ts'
import { fakeFetch } from './web/fake-fetch.ts'

interface Stand {
  readonly playing: Playing
  readonly fetch: typeof fetch
}

const MSW_URL = 'http://msw.test/events'
const clean: (() => Promise<void> | void)[] = []
let msw: SetupServer

/** The one API: each gives what is playing, and the fetch that reaches it. */
const stands: { readonly [T in Transport]: (scenario: Scenario) => Promise<Stand> } = {
  async socket(one) {
    const playing = await serve(one)
    clean.push(() => playing.close())
    return { playing, fetch: globalThis.fetch }
  },
  async msw(one) {
    const playing = handlers(one, MSW_URL)
    msw.use(...playing.handlers)
    return { playing, fetch: globalThis.fetch }
  },
  async fetch(one) {
    const playing = fakeFetch(one)
    return { playing, fetch: playing.fetch }
  },
}

/** Runs where the transport can show the scenario; elsewhere the reason is the name of the skipped test. */
function shown(
  name: string,
  one: Scenario,
  transport: Transport,
  run: (stand: Stand) => Promise<void>,
): void {
  const why = limitsOf(one, transport)
  if (why.length > 0) test.skip(`${name}: cannot be shown. ${why.join(' ')}`)
  else test(name, async () => run(await stands[transport](one)))
}

const of = (...steps: Step[]) => scenario(steps)

async function textUpToBreak(response: Response): Promise<{ text: string; broken: boolean }> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      text += decoder.decode(read.value, { stream: true })
    }
    return { text, broken: false }
  } catch {
    return { text, broken: true }
  }
}

describe.each<Transport>(['socket', 'msw', 'fetch'])('over %s', (transport) => {
  beforeAll(() => {
    msw = setupServer()
    msw.listen({ onUnhandledFrame: 'bypass' })
  })
  afterEach(async () => {
    msw.resetHandlers()
    for (const dispose of clean.splice(0)) await dispose()
  })
  afterAll(() => msw.close())

  shown(
    'POST is answered and recorded',
    of({ type: 'event', data: 'ok' }),
    transport,
    async ({ playing, fetch }) => {
      const headers = { 'x-key': 'k', 'last-event-id': '\u00e2\u0080\u00a6' }
      const response = await fetch(playing.url, { method: 'POST', body: 'hällo', headers })
      expect(await response.text()).toBe('data: ok\n\n')
      expect(playing.requests).toHaveLength(1)
      expect(playing.requests[0]).toMatchObject({
        number: 1,
        method: 'POST',
        body: 'hällo',
        lastEventId: '…',
      })
      expect(playing.requests[0]?.headers['x-key']).toBe('k')
      await playing.whenClosed()
      expect(playing.exchanges[0]).toMatchObject({ state: 'end', status: 200, bytes: 10, gate: null })
    },
  )

  const gated = of({ type: 'event', data: 'a' }, { type: 'gate', name: 'g' }, { type: 'event', data: 'b' })
  shown('an event arrives before the next is written', gated, transport, async ({ playing, fetch }) => {
    const reader = (await fetch(playing.url)).body?.getReader()
    const decoder = new TextDecoder()
    expect(decoder.decode((await reader?.read())?.value)).toBe('data: a\n\n')
    await playing.whenAt('g')
    expect(playing.exchanges[0]?.bytes).toBe(9)
    playing.release('g')
    expect(decoder.decode((await reader?.read())?.value)).toBe('data: b\n\n')
    await reader?.cancel()
  })

  const status = of({ type: 'status', status: 503 }, { type: 'headers', headers: { 'retry-after': '2' } })
  shown('status and headers arrive', status, transport, async ({ playing, fetch }) => {
    const response = await fetch(playing.url)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
  })

  const none = of({ type: 'status', status: 204 })
  shown('a 204 has no body', none, transport, async ({ playing, fetch }) => {
    const response = await fetch(playing.url)
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  const waiting = of({ type: 'gate', name: 'g' }, { type: 'event', data: 'x' })
  shown(
    'a reply that drop() ends before its head is an empty one',
    waiting,
    transport,
    async ({ playing, fetch }) => {
      const reply = fetch(playing.url)
      await playing.whenAt('g')
      playing.drop('end')
      const response = await reply
      expect([response.status, await response.text()]).toEqual([200, ''])
      expect(playing.exchanges[0]).toMatchObject({ state: 'end', status: null })
    },
  )

  const endCut = of({ type: 'event', data: 'abc' }, { type: 'cut', at: 7, by: 'end' })
  shown('a cut by end is a clean end', endCut, transport, async ({ playing, fetch }) => {
    expect(await textUpToBreak(await fetch(playing.url))).toEqual({ text: 'data: a', broken: false })
  })

  for (const by of ['reset', 'fin'] as const) {
    const one = of({ type: 'event', data: 'abc' }, { type: 'cut', at: 7, by, gate: 'read' })
    shown(
      `a cut by ${by} breaks the body after exactly n bytes`,
      one,
      transport,
      async ({ playing, fetch }) => {
        const response = await fetch(playing.url)
        playing.release('read')
        expect(await textUpToBreak(response)).toEqual({ text: 'data: a', broken: true })
        expect(playing.exchanges[0]).toMatchObject({ state: by, bytes: 7 })
      },
    )
    shown(
      `what was written right before ${by} arrives`,
      of({ type: 'event', data: 'abc' }, { type: by }),
      transport,
      async ({ playing, fetch }) => {
        const response = await fetch(playing.url)
        expect(await textUpToBreak(response)).toEqual({ text: 'data: abc\n\n', broken: true })
        expect(playing.exchanges[0]).toMatchObject({ state: by, bytes: 11 })
      },
    )
    shown(
      `${by} before the head is a network error`,
      of({ type: by }),
      transport,
      async ({ playing, fetch }) => {
        await expect(fetch(playing.url)).rejects.toBeInstanceOf(TypeError)
        expect(playing.exchanges[0]).toMatchObject({ state: by, status: null })
      },
    )
  }

  shown(
    'an answer that never comes ends by the abort alone',
    of({ type: 'hang' }),
    transport,
    async (stand) => {
      const { playing, fetch } = stand
      const controller = new AbortController()
      const reply = fetch(playing.url, { signal: controller.signal })
      await playing.nextRequest()
      controller.abort(new RangeError('enough'))
      await expect(reply).rejects.toThrow('enough')
      await playing.whenClosed()
      expect(playing.exchanges[0]).toMatchObject({ state: 'aborted', status: null })
    },
  )

  const silent = of({ type: 'open' }, { type: 'hang' })
  shown('a cancelled body is an abort in the journal', silent, transport, async ({ playing, fetch }) => {
    await (await fetch(playing.url)).body?.cancel()
    await playing.whenClosed()
    expect(playing.exchanges[0]).toMatchObject({ state: 'aborted', status: 200 })
  })

  const moved: Scenario = {
    replies: [
      { on: { request: 1 }, steps: [{ type: 'redirect', to: '?hop=1', status: 307 }] },
      { steps: [{ type: 'event', data: 'there' }] },
    ],
  }
  shown('a redirect is followed as Fetch does', moved, transport, async ({ playing, fetch }) => {
    const response = await fetch(playing.url, { method: 'POST', body: 'b' })
    expect(await response.text()).toBe('data: there\n\n')
    expect([response.redirected, new URL(response.url).search]).toEqual([true, '?hop=1'])
    expect(playing.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'b'],
      ['POST', 'b'],
    ])
  })

  const bytewise = of({ type: 'chunks', sizes: [1, 3, 2] }, { type: 'text', text: 'data: 水车\n\n' })
  shown('chunk borders are exact', bytewise, transport, async ({ playing, fetch }) => {
    const sizes: number[] = []
    const reader = (await fetch(playing.url)).body?.getReader()
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
      sizes.push(read.value.length)
    expect(sizes).toEqual([1, 3, 2, 2, 2, 2, 2])
  })

  shown(
    'the second request finds the second reply',
    scenario([{ type: 'text', text: 'a' }], [{ type: 'text', text: 'b' }]),
    transport,
    async ({ playing, fetch }) => {
      expect(await (await fetch(playing.url)).text()).toBe('a')
      expect(await (await fetch(playing.url)).text()).toBe('b')
    },
  )

  const live = of(
    { type: 'comment', text: 'hi' },
    { type: 'channel', name: 'news' },
    { type: 'event', data: 'bye' },
  )
  shown(
    'a channel sends what is published while it is listened to',
    live,
    transport,
    async ({ playing, fetch }) => {
      const reply = fetch(playing.url)
      await playing.nextRequest()
      const text = (await reply).text()
      await expect.poll(() => playing.listeners('news')).toBe(1)
      playing.publish('news', { data: 'one', id: '1' })
      playing.endChannel('news')
      expect(await text).toBe(': hi\nid: 1\ndata: one\n\ndata: bye\n\n')
    },
  )

  const zipped = of(
    { type: 'gzip' },
    { type: 'event', data: 'a' },
    { type: 'gate', name: 'g' },
    { type: 'event', data: 'b' },
  )
  shown('gzip is flushed after each write', zipped, transport, async ({ playing, fetch }) => {
    const response = await fetch(playing.url)
    expect(response.headers.get('content-encoding')).toBe('gzip')
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    expect(decoder.decode((await reader?.read())?.value)).toBe('data: a\n\n')
    playing.release('g')
    expect(decoder.decode((await reader?.read())?.value)).toBe('data: b\n\n')
    expect((await reader?.read())?.done).toBe(true)
  })

  // Not `shown()`: what cannot be shown is the compression, and the text still has to come.
  test('the text of a body comes, compressed on its way or not', async () => {
    const { playing, fetch } = await stands[transport](of({ type: 'gzip' }, { type: 'event', data: 'a' }))
    const response = await fetch(playing.url, { headers: { 'accept-encoding': 'gzip' } })
    expect(await response.text()).toBe('data: a\n\n')
  })
})
