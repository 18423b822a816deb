import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { moduleOf } from './module-of.ts'

interface Routes {
  begin(id: string, messages: object[], save: (answer: object) => Promise<void>): Response
  follow(id: string, request: Request): Response
  stop(id: string): Response
}

const word = (content: string): Step => ({
  type: 'event',
  data: JSON.stringify({ choices: [{ index: 0, delta: { content } }] }),
})
const done: Step = { type: 'event', data: '[DONE]' }
const end: Step = { type: 'end' }
const gate = (name: string): Step => ({ type: 'gate', name })

/** The routes on a socket, beside a model that says this, and the blocks of the document that ask them. */
async function product(...steps: Step[]) {
  const model = await serve({ '/v1/chat/completions': scenario(steps) })
  const block = await moduleOf('docs/routes.md', 'An answer that several follow', new URL(model.url).origin)
  const { begin, follow, stop } = block as unknown as Routes
  const server = createServer((asked, reply) => {
    const gone = new AbortController()
    reply.once('close', () => gone.abort())
    const lastEventId = asked.headers['last-event-id']
    const headers = new Headers(typeof lastEventId === 'string' ? { 'last-event-id': lastEventId } : {})
    const request = new Request('http://app.test/', { headers, signal: gone.signal })
    const { status, headers: given, body } = follow('a', request)
    reply.writeHead(status, Object.fromEntries(given))
    pipeline(body ?? Readable.from([]), reply).catch(() => {})
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await model.close()
  })
  const { port } = server.address() as AddressInfo
  const { show } = await moduleOf('docs/routes.md', 'A follower')
  const saved: unknown[] = []
  return {
    model,
    saved,
    begin: () => begin('a', [], async (answer) => void saved.push(answer)),
    stop: () => stop('a'),
    follow: (signal: AbortSignal) => follow('a', new Request('http://app.test/', { signal })),
    cut: () => server.closeAllConnections(),
    /** A page that shows the answer: what it shows, and how it says that it ended. */
    page: () => {
      const page = { text: '', ended: Promise.resolve('') }
      const set = (text: string) => void (page.text = text)
      page.ended = (show as (url: string, show: typeof set) => Promise<string>)(
        `http://127.0.0.1:${port}`,
        set,
      )
      return page
    },
  }
}

test('an answer is asked for once, and followed by all from its start, after cuts and after its end', async () => {
  const app = await product(word('Mill'), gate('cut'), word('race'), done, end)
  expect([app.begin().status, app.begin().status]).toEqual([202, 202])
  const first = app.page()
  await expect.poll(() => first.text).toBe('Mill')
  const second = app.page()
  await expect.poll(() => second.text).toBe('Mill')
  app.cut()
  app.model.release('cut')

  expect(await Promise.all([first.ended, second.ended])).toEqual(['complete', 'complete'])
  const late = app.page()
  expect(await late.ended).toBe('complete')
  expect([first.text, second.text, late.text]).toEqual(['Millrace', 'Millrace', 'Millrace'])
  expect(app.saved).toMatchObject([{ text: 'Millrace', outcome: { type: 'complete' } }])
  expect(app.model.requests).toHaveLength(1)
})

test('an answer that one follower stops has ended for all, and at the model', async () => {
  const app = await product(word('Mill'), { type: 'hang' })
  app.begin()
  const pages = [app.page(), app.page()]
  await expect.poll(() => pages.map(({ text }) => text)).toEqual(['Mill', 'Mill'])
  app.stop()

  expect(await Promise.all(pages.map(({ ended }) => ended))).toEqual(['aborted', 'aborted'])
  await app.model.whenClosed()
  expect(app.saved).toMatchObject([{ text: 'Mill', outcome: { type: 'aborted' } }])
})

test('an answer that breaks off says so to its followers', async () => {
  const app = await product(word('Mill'), end)
  app.begin()
  const page = app.page()

  expect(await page.ended).toBe('truncated')
  expect(page.text).toBe('Mill')
})

test('an answer goes on for half a minute when all have left it, and is stopped then', async () => {
  const app = await product(word('Mill'), { type: 'hang' })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const leave = new AbortController()
  app.begin()
  await app.model.nextRequest()
  await vi.advanceTimersByTimeAsync(20_000)
  const { body } = app.follow(leave.signal)
  await body?.getReader().read()
  await vi.advanceTimersByTimeAsync(60_000)
  leave.abort()
  await vi.advanceTimersByTimeAsync(29_000)
  expect(app.model.exchanges[0]?.state).toBe('open')
  await vi.advanceTimersByTimeAsync(2000)
  await app.model.whenClosed()
  await vi.waitFor(() => expect(app.saved).toMatchObject([{ outcome: { type: 'aborted' } }]))
})
