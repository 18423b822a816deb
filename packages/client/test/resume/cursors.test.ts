import { fetchEventStream, lastEventIdGet, openaiBackground, type Cursor } from '@millrace/client'
import { scenario, scenarioOf, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../../test/support/read-all.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { done, end, event, post } from './reading.ts'

describe('cursors', () => {
  test('stop after event k of n in one chunk, resume from the cursor, get k + 1', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
    const given = scenarioOf(
      [
        { on: { method: 'POST' }, steps: [{ type: 'text', text }, { type: 'hang' }] },
        { steps: [{ type: 'replay' }, done, end] },
      ],
      ['1', '2', '3', '4'].map((n) => ({ id: n, data: n })),
    )
    await using server = await play(given)
    const first = fetchEventStream(server.url, { json: {}, until: '[DONE]' })
    for await (const { data } of first) if (data === '2') break
    expect(first.cursor).toEqual({ lastEventId: '2', events: 2 })
    expect(await first.outcome).toMatchObject({ lastEventId: '2', events: 2, resumable: false })

    const cursor: Cursor = JSON.parse(JSON.stringify(first.cursor))
    const { data } = await readAll(
      fetchEventStream(server.url, { json: {}, until: '[DONE]', resume: lastEventIdGet, cursor }),
    )
    expect(data).toEqual(['3', '4'])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '2'])
  })

  test('a subscription goes on from a cursor by Last-Event-ID, without a resume', async () => {
    const text = '123'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [event('3'), { type: 'hang' }]),
    )
    const first = fetchEventStream(server.url)
    for await (const { data } of first) if (data === '2') break
    expect(await first.outcome).toMatchObject({ lastEventId: '2', resumable: true })

    const cursor: Cursor = JSON.parse(JSON.stringify(first.cursor))
    const later = fetchEventStream(server.url, { cursor })
    for await (const { lastEventId } of later) if (lastEventId === '3') break
    expect(later.cursor).toEqual({ lastEventId: '3', events: 3 })
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '2'])
  })

  test('a subscription without IDs cannot go on from a cursor, and says so', async () => {
    await using server = await play(scenario([{ type: 'event', data: '1' }, { type: 'hang' }]))
    const stream = fetchEventStream(server.url)
    for await (const _ of stream) break

    expect(await stream.outcome).toMatchObject({ type: 'aborted', resumable: false })
  })

  test('an ID without an event counts once the consumer has come to it', async () => {
    const text = 'id: 1\ndata: a\n\nid: 2\n\n: a comment\n\n'
    await using server = await play(scenario([{ type: 'text', text }, { type: 'hang' }]))
    const stream = fetchEventStream(server.url, { json: {} })
    const events = stream[Symbol.asyncIterator]()
    await events.next()
    expect(stream.lastEventId).toBe('1')

    const next = events.next()
    await expect.poll(() => stream.lastEventId).toBe('2')
    expect(stream.cursor).toEqual({ lastEventId: '2', events: 1 })
    stream.close()
    await next
  })

  test('reconnect() in the middle of a chunk asks from what was parsed: nothing is lost or doubled', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [event('5'), { type: 'hang' }]),
    )
    const stream = fetchEventStream(server.url)
    const seen: string[] = []
    for await (const { data } of stream) {
      seen.push(data)
      if (data === '2') {
        stream.reconnect()
        expect(stream.cursor.lastEventId).toBe('2')
      }
      if (data === '5') break
    }

    expect(seen).toEqual(['1', '2', '3', '4', '5'])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '4'])
  })

  test('a connection that fails at event k of n in one chunk goes on after k - 1: the rest was not handed over', async () => {
    const text = '1234'.replace(/./g, (n) => `id: ${n}\ndata: ${n === '2' ? '{' : n}\n\n`)
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [event('2'), event('3'), event('4'), end]),
    )
    const stream = fetchEventStream(server.url, {
      parse: JSON.parse,
      retry: { when: ({ code }) => code === 'parse' || undefined },
      ...skipping().options,
    })
    const seen: unknown[] = []
    for await (const { data } of stream) {
      seen.push(data)
      if (data === 4) break
    }

    expect(seen).toEqual([1, 2, 3, 4])
    expect((await server.requests(2)).map(({ lastEventId }) => lastEventId)).toEqual([null, '1'])
  })

  test('an error in place of an answer leaves no ID to go on from: the answer is asked for anew', async () => {
    const busy: Step = { type: 'event', id: 'old', data: 'busy' }
    const { data, sent } = await post(
      scenario([busy, { type: 'hang' }], [event('a'), end], [event('b'), done, end]),
      {
        errorOf: ({ data }) => (data === 'busy' ? { message: 'busy', status: 503 } : null),
        retry: { unsafe: true },
        resume: lastEventIdGet,
      },
    )

    expect(data).toEqual(['a', 'b'])
    expect(sent.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['POST', null],
      ['GET', 'a'],
    ])
  })

  test('openaiBackground with reconnect() in the middle of a chunk hands each number over once', async () => {
    const text = [0, 1, 2, 3]
      .map((n) => `data: ${JSON.stringify({ sequence_number: n, response: { id: 'r' } })}\n\n`)
      .join('')
    await using server = await play(
      scenario([{ type: 'text', text }, { type: 'hang' }], [{ type: 'text', text }, done, end]),
    )
    const stream = fetchEventStream(server.url, {
      json: { background: true },
      until: '[DONE]',
      resume: { ...openaiBackground, request: ({ request }) => ({ url: request.url }) },
      ...skipping().options,
    })
    const { data } = await readAll(stream, (_, count) => {
      if (count === 2) stream.reconnect()
    })

    expect(data.map((text) => JSON.parse(String(text)).sequence_number)).toEqual([0, 1, 2, 3])
  })
})
