import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'

test('a preset whose ready() throws ends the stream with its error', async () => {
  const cause = new RangeError('boom')
  const ready = () => {
    throw cause
  }
  const fetch = async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })
  const stream = fetchEventStream('https://a.example/', {
    fetch,
    json: {},
    until: '[DONE]',
    resume: { request: () => null, ready },
  })

  expect(await stream.done()).toMatchObject({ resumable: false, error: { code: 'invalid-option', cause } })
})

test('a stream is over, and cannot be resumed, where ready() throws at its end', async () => {
  const text = '123'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
  await using server = await play(scenario([{ type: 'text', text }, { type: 'hang' }]))
  const stream = fetchEventStream(server.url, {
    json: {},
    resume: {
      request: () => null,
      ready: ({ lastEventId }) => {
        if (lastEventId === '2') throw new RangeError('boom')
        return true
      },
    },
  })
  for await (const { data } of stream) if (data === '2') break

  expect(await stream.outcome).toMatchObject({ type: 'aborted', lastEventId: '2', resumable: false })
})

test.each([
  ['after an ID', true, 'id: 1\ndata: a\n\n'],
  ['without an ID', false, 'data: a\n\n'],
  ['after an ID that is too long to be sent', false, `id: ${'1'.repeat(8001)}\ndata: a\n\n`],
  ['once it is complete', false, 'id: 1\ndata: a\n\ndata: [DONE]\n\n'],
])('an answer whose preset has no ready(), %s, is resumable: %s', async (_, resumable, body) => {
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const stream = fetchEventStream('https://a.example/', {
    fetch,
    json: {},
    until: '[DONE]',
    resume: { request: () => null },
    retry: false,
  })

  expect(await stream.done()).toMatchObject({ events: 1, resumable })
})

test.each([
  ['an answer that is given an ID', { json: {}, lastEventId: '5' }],
  ['a subscription without an ID', {}],
])('resume is not asked for the first request of %s', async (_, options) => {
  let asked = 0
  const fetch = async () => new Response(null, { status: 404 })
  const resume = () => (asked++, {})
  await fetchEventStream('https://a.example/', { ...options, fetch, resume }).done()

  expect(asked).toBe(0)
})

test('a cursor has no mark where nothing was marked', () => {
  const stream = fetchEventStream('https://a.example/', { fetch: () => new Promise(() => {}) })
  stream.close()

  expect(Object.keys(stream.cursor)).toEqual(['lastEventId', 'events'])
})
