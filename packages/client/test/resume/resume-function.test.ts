import { fetchEventStream } from '@millrace/client'
import { scenario, scenarioOf } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../../test/support/read-all.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { done, end, event, post } from './reading.ts'

describe('resume as a function', () => {
  test('sees cursor, request, reply and attempt, and its headers default to those of the request', async () => {
    const seen: unknown[] = []
    const { data, requests } = await post(
      scenarioOf([
        {
          on: { request: 1 },
          steps: [{ type: 'headers', headers: { 'x-request-id': 'r-1' } }, event('5'), end],
        },
        { steps: [event('6'), done, end] },
      ]),
      {
        headers: { 'x-tenant': 't' },
        resume: ({ cursor, request, response, attempt, signal }) => {
          seen.push([
            cursor,
            request.method,
            request.json,
            response?.headers.get('x-request-id'),
            attempt,
            signal.aborted,
          ])
          return { url: `?after=${cursor.lastEventId}` }
        },
      },
    )

    expect(data).toEqual(['5', '6'])
    expect(seen).toEqual([[{ lastEventId: '5', events: 1 }, 'POST', { id: 'chat 1' }, 'r-1', 2, false]])
    expect(requests[1]).toMatchObject({ method: 'GET', headers: { 'x-tenant': 't' } })
  })

  test('that gives {} asks at the same URL, with the headers of the request less those of its body', async () => {
    const { data, requests } = await post(scenario([event('1'), end], [event('2'), done, end]), {
      headers: { 'x-tenant': 't', accept: 'text/event-stream;q=1' },
      idempotencyKey: 'key-1',
      resume: () => ({}),
    })

    expect(data).toEqual(['1', '2'])
    expect(requests[1]).toMatchObject({
      method: 'GET',
      url: requests[0]?.url,
      headers: { 'x-tenant': 't', accept: 'text/event-stream;q=1' },
    })
    expect(requests[0]?.headers).toHaveProperty('idempotency-key', 'key-1')
    expect(requests[1]?.headers).not.toHaveProperty('idempotency-key')
    expect(requests[1]?.headers).not.toHaveProperty('content-type')
  })

  test('that gives headers is asked for an event stream, unless it says what it accepts', async () => {
    const given: Record<string, string>[] = [{ 'x-a': '1' }, { accept: 'application/json' }]
    const { requests } = await post(scenario([event('1'), end], [event('2'), end], [event('3'), done, end]), {
      headers: { 'x-tenant': 't' },
      resume: ({ attempt }) => ({ headers: given[attempt - 2] ?? {} }),
    })

    expect(requests.map(({ headers }) => [headers['accept'], headers['x-tenant'], headers['x-a']])).toEqual([
      ['text/event-stream', 't', undefined],
      ['text/event-stream', undefined, '1'],
      ['application/json', undefined, undefined],
    ])
  })

  test('that gives null leaves the answer what it is', async () => {
    const { error, sent } = await post(scenario([event('1'), end]), { resume: () => null })

    expect(error).toMatchObject({ code: 'truncated' })
    expect(sent).toHaveLength(1)
  })

  test('that gives null is no end of an answer: not of one that reconnect() drops, nor of one that a cursor is from', async () => {
    const options = { json: {}, until: '[DONE]', resume: () => null }
    const cut = { type: 'truncated', error: { code: 'truncated' } }
    await using server = await play(scenario([event('1'), { type: 'hang' }]))
    const dropped = fetchEventStream(server.url, options)
    const { data, error, outcome } = await readAll(dropped, () => dropped.reconnect())

    expect(data).toEqual(['1'])
    expect(error).toMatchObject({ code: 'truncated', message: expect.stringContaining('`resume` gave no') })
    expect(outcome).toMatchObject(cut)

    const cursor = { lastEventId: '', events: 0 }
    const cold = await readAll(fetchEventStream(server.url, { ...options, cursor }))
    expect(cold.error).toMatchObject({ code: 'truncated' })
    expect(cold.outcome).toMatchObject(cut)
    expect(await server.requests()).toHaveLength(1)
  })

  test('that rejects is a failed attempt, and is asked again', async () => {
    let asked = 0
    const { data } = await post(scenario([event('1'), end], [event('2'), done, end]), {
      resume: async ({ request }) => {
        asked += 1
        if (asked === 1) throw new TypeError('offline')
        return { url: request.url }
      },
    })

    expect(data).toEqual(['1', '2'])
    expect(asked).toBe(2)
  })

  test('that gives a URL with a password, or none, is a mistake: it is told at once, not tried again', async () => {
    for (const url of ['https://me:secret@a.test/', 'https://']) {
      const { error, outcome, sent } = await post(scenario([event('1'), end]), { resume: () => ({ url }) })

      expect(error).toMatchObject({ code: 'invalid-option' })
      expect(String(error)).not.toContain('secret')
      expect(outcome).toMatchObject({ type: 'invalid', events: 1, attempts: 2 })
      expect(sent).toHaveLength(1)
    }
  })

  test('sends the headers of the request to no other origin', async () => {
    const urls: [string, string | null][] = []
    const replies = ['data: 1\n\n', 'data: [DONE]\n\n']
    const stream = fetchEventStream('https://a.test/', {
      json: {},
      until: '[DONE]',
      headers: { authorization: 'Bearer t' },
      resume: () => ({ url: 'https://b.test/' }),
      fetch: async (input, init) => {
        urls.push([String(input), new Headers(init?.headers).get('authorization')])
        return new Response(replies[urls.length - 1], { headers: { 'content-type': 'text/event-stream' } })
      },
      ...skipping().options,
    })
    await stream.done()

    expect(urls).toEqual([
      ['https://a.test/', 'Bearer t'],
      ['https://b.test/', null],
    ])
  })
})
