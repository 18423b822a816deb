import { EventSource, lastEventIdQuery, type Observation } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isFirefox, isWebKit } from '../../../../../test/support/engine.ts'
import { hear } from '../../../../../test/support/heard.ts'
import { play } from '../../../../../test/support/remote.ts'

// A connection that is kept, Chromium reads for five seconds more after a reply that was let go.
const foreign = { connection: 'close', 'access-control-allow-origin': 'http://somebody.else' }
const refusing = scenario([
  { type: 'headers', headers: foreign },
  { type: 'event', data: 'not for us' },
  { type: 'hang' },
])

/** Firefox and WebKit send a request that was reset once more by themselves: it does not fail. */
const sendsAgain = isFirefox || isWebKit

function nameOf(entry: Observation): string {
  return entry.type === 'probe' ? `probe: ${entry.reachable}` : entry.type
}

test.concurrent('a reply that CORS does not let us read fails the connection, as it does for the native class', async () => {
  await using server = await play(refusing)
  const told: string[] = []
  const source = new EventSource(server.url, { observe: (entry) => told.push(nameOf(entry)) })
  const heard = hear(source, 'open', 'message', 'error')
  const error = await heard.nth('error')

  expect(source.readyState).toBe(2)
  expect(error).toMatchObject({ error: { code: 'network', willRetry: false } })
  expect(error).toHaveProperty('message', expect.stringContaining('CORS'))
  // The request, the probe, and the same request again to confirm.
  await server.closed(3)
  expect(heard.log).toEqual(['error'])
  expect(told).toEqual(['attempt', 'probe: true', 'error', 'close'])
})

test.concurrent('a first request with Last-Event-ID that CORS refuses: the error names the preflight and what to do', async () => {
  await using server = await play(refusing)
  const source = new EventSource(server.url, { lastEventId: '5' })
  const error = await hear(source, 'error').nth('error')

  expect(source.readyState).toBe(2)
  expect(error).toHaveProperty('message', expect.stringMatching(/preflight.*lastEventIdQuery/))
})

test.concurrent('a POST that CORS refuses is not probed, and not sent again to confirm it', async () => {
  await using server = await play(refusing)
  const told: string[] = []
  const source = new EventSource(server.url, {
    method: 'POST',
    body: 'question',
    observe: (entry) => told.push(nameOf(entry)),
  })
  const error = await hear(source, 'error').nth('error')

  expect(source.readyState).toBe(2)
  expect(error).toMatchObject({ error: { code: 'not-repeated' } })
  expect(told).toEqual(['attempt', 'error', 'close'])
  await server.closed()
  expect((await server.requests(1)).map(({ method }) => method)).toEqual(['POST'])
})

test.concurrent('a given fetch is not asked to probe: what CORS refuses is a passing fault', async () => {
  await using server = await play(refusing)
  const told: string[] = []
  const source = new EventSource(server.url, {
    fetch: (input, init) => fetch(input, init),
    observe: (entry) => told.push(nameOf(entry)),
  })
  const error = await hear(source, 'error').nth('error')
  source.close()

  expect(error).toMatchObject({ error: { code: 'network', willRetry: true } })
  expect(told.slice(0, 2)).toEqual(['attempt', 'error'])
})

test.concurrent('a server that answers neither the request nor the probe is tried again', async () => {
  await using server = await play(scenario([{ type: 'reset' }]))
  const told: string[] = []
  const source = new EventSource(server.url, { observe: (entry) => told.push(nameOf(entry)) })
  const error = await hear(source, 'error').nth('error')
  source.close()

  expect(error).toMatchObject({ error: { code: 'network', willRetry: true } })
  expect(told.slice(0, 3)).toEqual(['attempt', 'probe: false', 'error'])
})

test.skipIf(sendsAgain)('close() in the midst of a probe is the last that is told', async () => {
  await using server = await play({
    replies: [{ on: { request: 1 }, steps: [{ type: 'reset' }] }, { steps: [{ type: 'hang' }] }],
  })
  const told: string[] = []
  const source = new EventSource(server.url, { observe: (entry) => told.push(nameOf(entry)) })
  await server.requests(2)
  source.close()
  await server.closed(2)

  expect(told).toEqual(['attempt', 'close'])
})

test.concurrent('withCredentials needs the server to allow credentials', async () => {
  await using server = await play(
    scenario([
      { type: 'headers', headers: { 'access-control-allow-credentials': 'false' } },
      { type: 'event', data: 'secret' },
      { type: 'hang' },
    ]),
  )
  const source = new EventSource(server.url, { withCredentials: true })
  await hear(source, 'error').nth('error')
  expect(source.readyState).toBe(2)
})

test.concurrent('corsProbe: false takes the refusal for a passing fault', async () => {
  await using server = await play(refusing)
  const source = new EventSource(server.url, { corsProbe: false })
  const error = await hear(source, 'error').nth('error')
  expect(source.readyState).toBe(0)
  expect(error).toMatchObject({ error: { willRetry: true } })
  expect(await server.requests(1)).toHaveLength(1)
  source.close()
})

test.skipIf(sendsAgain)(
  'a fault that passes before the second request is no refusal: the probe is confirmed',
  async () => {
    await using server = await play({
      replies: [
        { on: { request: 1 }, steps: [{ type: 'reset' }] },
        { on: { request: 2 }, steps: [{ type: 'open' }, { type: 'hang' }] },
        { steps: [{ type: 'event', data: 'up' }, { type: 'hang' }] },
      ],
    })
    const source = new EventSource(server.url)
    const heard = hear(source, 'open', 'message', 'error')
    await heard.nth('message')
    source.close()
    expect(heard.log).toEqual(['open', 'up'])
  },
)

test.concurrent('after the first success no failure is probed', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'event', data: 'a', retry: 0 }, { type: 'end' }] },
      { on: { request: 2 }, steps: refusing.replies[0]?.steps ?? [] },
      { steps: [{ type: 'event', data: 'b' }, { type: 'hang' }] },
    ],
  })
  const told: string[] = []
  const source = new EventSource(server.url, { observe: (entry) => told.push(entry.type) })
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect(told).not.toContain('probe')
  expect(await server.requests(3)).toHaveLength(3)
})

test.concurrent('lastEventIdQuery() goes on without a preflight', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'event', data: 'a', id: '…1', retry: 0 }, { type: 'end' }] },
      { steps: [{ type: 'event', data: 'b' }, { type: 'hang' }] },
    ],
  })
  const source = new EventSource(server.url, { resume: lastEventIdQuery('from') })
  await hear(source, 'message').nth('message', 2)
  source.close()
  const { requests, preflights } = await server.records({ requests: 2 })
  expect(new URL(requests[1]?.url ?? '', 'http://x').searchParams.get('from')).toBe('…1')
  expect(requests[1]?.lastEventId).toBe(null)
  expect(preflights).toBe(0)
})
