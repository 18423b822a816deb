import { fetchEventStream, lastEventIdGet } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { fixture } from '../../../../test/fixtures/index.ts'
import { isWebKit } from '../../../../test/support/engine.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { done, end, event, post } from './reading.ts'

describe('lastEventIdGet', () => {
  test('goes on by GET through any number of drops, each from the last ID', async () => {
    const { data, outcome, sent, requests } = await post(
      scenario(
        [event('1'), event('2'), end],
        [event('3'), end],
        [{ type: 'comment', text: 'nothing yet' }, end],
        [event('4'), done, end],
      ),
      { resume: lastEventIdGet, headers: { authorization: 'Bearer t' } },
    )

    expect(data).toEqual(['1', '2', '3', '4'])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 4, lastEventId: '4' })
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', '2'],
      ['GET', '3'],
      ['GET', '3'],
    ])
    expect(requests[1]).toMatchObject({ body: '', headers: { authorization: 'Bearer t' } })
    expect(requests[1]?.headers).not.toHaveProperty('content-type')
  })

  test('reads MCP in its two legs, and waits as the server said', async () => {
    const [leg1, leg2] = [fixture('mcp-streamable-http-leg1.sse'), fixture('mcp-streamable-http-leg2.sse')]
    const bytes = (of: typeof leg1): Step => ({
      type: 'bytes',
      base64: btoa(String.fromCharCode(...of.bytes)),
    })
    const { data, outcome, sent, delays } = await post(scenario([bytes(leg1), end], [bytes(leg2), end]), {
      resume: lastEventIdGet,
      until: ({ raw }) => raw !== '' && 'result' in JSON.parse(raw),
    })

    expect(data).toEqual([...leg1.events, ...leg2.events].map((event) => event.data))
    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', 'st7_1'],
    ])
    // The server asked for 250 ms; the floor of every automatic attempt is 500.
    expect(delays).toEqual([500])
  })

  test('does not go on from an ID that no header can carry: it would read the answer from its start', async () => {
    const { data, outcome, sent } = await post(scenario([event('a\u0001'), end], [event('2'), done, end]), {
      resume: lastEventIdGet,
    })

    expect(data).toEqual(['a\u0001'])
    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(sent).toHaveLength(1)
  })

  test('asks without an ID where a cursor has none', async () => {
    const { data, sent } = await post(scenario([event('1'), done, end]), {
      resume: lastEventIdGet,
      cursor: { lastEventId: '', events: 0 },
    })

    expect(data).toEqual(['1'])
    expect(sent).toMatchObject([{ method: 'GET', lastEventId: null }])
  })

  test('does not go on from an ID that is too long to be sent', async () => {
    const { outcome, sent } = await post(scenario([event('x'.repeat(8001)), end]), { resume: lastEventIdGet })

    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(sent).toHaveLength(1)
  })

  test('does not go on before there is an ID', async () => {
    const { error, sent } = await post(scenario([{ type: 'event', data: 'no id' }, end]), {
      resume: lastEventIdGet,
    })

    expect(error).toMatchObject({ code: 'truncated' })
    expect(sent).toHaveLength(1)
  })

  test.skipIf(isWebKit)('sends an ID that is no ASCII as UTF-8', async () => {
    await using server = await play(scenario([event('mühle-水'), end], [done, end]))
    const stream = fetchEventStream(server.url, {
      json: {},
      until: '[DONE]',
      resume: lastEventIdGet,
      ...skipping().options,
    })
    await stream.done()

    expect((await server.requests())[1]?.lastEventId).toBe('mühle-水')
  })

  test('keeps what a 204 says: nothing is left, and the answer is cut', async () => {
    const { error, outcome, sent } = await post(
      scenario([event('1'), end], [{ type: 'status', status: 204 }, end]),
      { resume: lastEventIdGet },
    )

    expect(error).toMatchObject({ code: 'truncated' })
    expect(outcome).toMatchObject({ type: 'truncated', events: 1, attempts: 2 })
    expect(sent).toHaveLength(2)
  })

  test('lets every repeat through: servers give one ID to many events', async () => {
    const { data } = await post(
      scenario([event('7', 'a'), event('7', 'b'), end], [event('7', 'b'), done, end]),
      {
        resume: lastEventIdGet,
      },
    )

    expect(data).toEqual(['a', 'b', 'b'])
  })
})
