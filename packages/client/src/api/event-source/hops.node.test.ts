import { EventSource, type EventSourceInit } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { serve } from '@millrace/test-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

const codes = [301, 302, 303, 307, 308]
const secrets = {
  authorization: 'Bearer t',
  cookie: 'session=1',
  'proxy-authorization': 'Basic x',
  'x-api-key': 'k',
}
const destination = scenario([{ type: 'event', data: 'there' }, { type: 'hang' }])

/** A server that redirects to another path of its own, or to another origin; what arrives there. */
async function redirected(code: number, where: 'same' | 'other', init: EventSourceInit) {
  const other = await serve(destination)
  const first = await serve({
    '/from': scenario([{ type: 'redirect', to: where === 'same' ? '/to' : other.url, status: code }]),
    '/to': destination,
  })
  const source = new EventSource(first.at('/from').url, init)
  onTestFinished(async () => {
    source.close()
    await Promise.all([first.close(), other.close()])
  })
  const heard = hear(source, 'message', 'error')
  const target = where === 'same' ? first.at('/to') : other
  return { source, heard, target }
}

describe.each(codes)('a redirect by %i', (code) => {
  test('to another origin carries no secret, nor the last event ID', async () => {
    const { heard, target } = await redirected(code, 'other', { headers: secrets, lastEventId: '7' })
    await heard.nth('message')
    const { headers } = target.requests[0] ?? expect.unreachable()
    for (const name of [...Object.keys(secrets), 'last-event-id']) expect(headers).not.toHaveProperty(name)
    expect(headers['accept']).toBe('text/event-stream')
  })

  test('to another origin gives its messages that origin, and leaves url as it was', async () => {
    const { source, heard, target } = await redirected(code, 'other', {})
    const { url } = source
    const { origin } = new URL(target.url)
    expect(await heard.nth('message')).toMatchObject({ data: 'there', origin })
    expect([source.url, new URL(url).origin === origin]).toEqual([url, false])
  })

  test('on the same origin carries every header', async () => {
    const { heard, target } = await redirected(code, 'same', { headers: secrets, lastEventId: '7' })
    await heard.nth('message')
    expect(target.requests[0]?.headers).toMatchObject({ ...secrets, 'last-event-id': '7' })
  })

  test('to another origin carries what forwardHeaders names', async () => {
    const init = { headers: secrets, lastEventId: '7', forwardHeaders: ['X-Api-Key', 'Last-Event-ID'] }
    const { heard, target } = await redirected(code, 'other', init)
    await heard.nth('message')
    expect(target.requests[0]?.headers).toMatchObject({ 'x-api-key': 'k', 'last-event-id': '7' })
    expect(target.requests[0]?.headers).not.toHaveProperty('authorization')
  })
})

test('the global fetch is the runtime’s own, given by the app or not', async () => {
  const { heard, target } = await redirected(307, 'other', { headers: secrets, fetch: globalThis.fetch })
  await heard.nth('message')

  expect(target.requests[0]?.headers).not.toHaveProperty('x-api-key')
})

test.each(codes)('a POST redirected by %i to another origin brings its body there never', async (code) => {
  const { heard, target } = await redirected(code, 'other', { method: 'POST', body: 'secret' })
  await (code < 304 ? heard.nth('message') : heard.nth('error'))
  expect(target.requests.map(({ method, body }) => [method, body])).toEqual(code < 304 ? [['GET', '']] : [])
})

test.each([307, 308])(
  'a POST redirected by %i brings its body to another origin where forwardBody allows it',
  async (code) => {
    const init = { method: 'POST', body: 'wanted there', forwardBody: true, headers: secrets }
    const { heard, target } = await redirected(code, 'other', init)
    await heard.nth('message')
    expect(target.requests[0]).toMatchObject({ method: 'POST', body: 'wanted there' })
    expect(target.requests[0]?.headers).not.toHaveProperty('authorization')
  },
)

test('user:password@ of the URL goes along on the same origin only', async () => {
  const other = await serve(destination)
  const first = await serve({
    '/a': scenario([{ type: 'redirect', to: '/b' }]),
    '/b': scenario([{ type: 'redirect', to: other.url }]),
  })
  onTestFinished(async () => void (await Promise.all([first.close(), other.close()])))
  const url = new URL(first.at('/a').url)
  url.username = 'me'
  url.password = 'pw'
  const source = new EventSource(url)
  await hear(source, 'message').nth('message')
  source.close()
  const basic = `Basic ${btoa('me:pw')}`
  expect(first.at('/a').requests[0]?.headers['authorization']).toBe(basic)
  expect(first.at('/b').requests[0]?.headers['authorization']).toBe(basic)
  expect(other.requests[0]?.headers).not.toHaveProperty('authorization')
})

test('a reconnection asks the URL of the constructor again, wherever that led before', async () => {
  const server = await serve({
    '/a': scenario([{ type: 'redirect', to: '/b', status: 301 }]),
    '/b': scenario([{ type: 'event', id: '7', data: 'x' }, { type: 'hang' }]),
  })
  const { url } = server.at('/a')
  const source = new EventSource(url)
  onTestFinished(async () => {
    source.close()
    await server.close()
  })
  const heard = hear(source, 'message')
  await heard.nth('message')
  source.reconnect()
  await heard.nth('message', 2)

  expect(server.at('/a').requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '7'])
  expect(source.url).toBe(url)
})

test('a redirect that leads in a circle is final: a few requests, one error', async () => {
  const server = await serve({
    '/a': scenario([{ type: 'redirect', to: '/b' }]),
    '/b': scenario([{ type: 'redirect', to: '/a' }]),
  })
  onTestFinished(() => server.close())
  const source = new EventSource(server.at('/a').url)
  const heard = hear(source, 'open', 'error')
  expect(await heard.nth('error')).toMatchObject({
    error: { code: 'redirect', reason: 'loop', willRetry: false },
  })
  expect([source.readyState, heard.log]).toEqual([2, ['error']])
  expect(server.at('/a').requests.length + server.at('/b').requests.length).toBeLessThanOrEqual(3)
})

test('a chain of ever new URLs ends after 20 hops', async () => {
  const paths = Array.from({ length: 30 }, (_, n) => `/${n}`)
  const server = await serve(
    Object.fromEntries(
      paths.map((path, n) => [path, scenario([{ type: 'redirect', to: `/${n + 1}` }])] as const),
    ),
  )
  onTestFinished(() => server.close())
  const source = new EventSource(server.at('/0').url)
  const error = await hear(source, 'error').nth('error')
  expect(error).toMatchObject({ error: { reason: 'too-many', willRetry: false } })
  expect(paths.filter((path) => server.at(path).requests.length > 0)).toHaveLength(21)
})
