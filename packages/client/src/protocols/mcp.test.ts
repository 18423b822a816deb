import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { fetchGiving } from '../../test/support/fetch-giving.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { mcp } from '@millrace/client/protocols'

test('mcp goes on by GET after the leg that the server ended, and is complete with the response', async () => {
  const [first] = recorded('mcp-streamable-http-leg1.sse').replies
  const [second] = recorded('mcp-streamable-http-leg2.sse').replies
  await using server = await play({
    replies: [
      { on: { method: 'POST' }, steps: first?.steps ?? [] },
      { on: { method: 'GET' }, steps: second?.steps ?? [] },
    ],
  })
  const json = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'grind' } }
  const stream = fetchEventStream(server.url, { protocol: mcp, json, ...skipping().options })
  const kinds: string[] = []
  for await (const { data } of stream) kinds.push('result' in data ? 'response' : 'notification')

  expect(kinds).toEqual(['notification', 'notification', 'response'])
  expect(await stream.outcome).toMatchObject({ type: 'complete', attempts: 2, lastEventId: 'st7_3' })
  const requests = await server.requests(2)
  expect(
    requests.map(({ method, headers }) => [method, headers['accept'], headers['last-event-id']]),
  ).toEqual([
    ['POST', 'application/json, text/event-stream', undefined],
    ['GET', 'application/json, text/event-stream', 'st7_1'],
  ])
})

test('mcp takes a reply of JSON as the one event of its stream', async () => {
  await using server = await play({
    replies: [
      {
        steps: [
          { type: 'headers', headers: { 'content-type': 'application/json; charset=utf-8' } },
          {
            type: 'text',
            text: '{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"flour"}]}}',
          },
          { type: 'end' },
        ],
      },
    ],
  })
  const stream = fetchEventStream(server.url, { protocol: mcp, json: { jsonrpc: '2.0', id: 7, method: 'm' } })

  expect(await collect(stream)).toMatchObject({ text: 'flour', outcome: { type: 'complete', events: 1 } })
})

test('mcp is complete with a 202, which has no body', async () => {
  await using server = await play({
    replies: [{ steps: [{ type: 'status', status: 202 }, { type: 'end' }] }],
  })
  const stream = fetchEventStream(server.url, { protocol: mcp, json: { jsonrpc: '2.0', method: 'n' } })

  expect(await stream.done()).toMatchObject({ type: 'complete', events: 0 })
})

test.each([
  ['a request', { jsonrpc: '2.0', id: 0, method: 'tools/call' }],
  [
    'a batch with a request',
    [
      { jsonrpc: '2.0', method: 'n' },
      { jsonrpc: '2.0', id: '7', method: 'm' },
    ],
  ],
])('mcp does not take a 202 for the response to %s', async (_, json) => {
  await using server = await play({
    replies: [{ steps: [{ type: 'status', status: 202 }, { type: 'end' }] }],
  })
  const stream = fetchEventStream(server.url, { protocol: mcp, json })

  expect(await stream.done()).toMatchObject({ type: 'server-error', error: { status: 202 } })
})

test('mcp does not go on with a cut stream of version 2026-07-28: there closing is cancelling', async () => {
  await using server = await play(recorded('mcp-streamable-http-leg1.sse'))
  const stream = fetchEventStream(server.url, {
    protocol: mcp,
    headers: { 'mcp-protocol-version': '2026-07-28' },
    json: { jsonrpc: '2.0', id: 1, method: 'tools/call' },
    ...skipping().options,
  })

  expect(await stream.done()).toMatchObject({ type: 'truncated', events: 1 })
  expect(await server.requests(1)).toHaveLength(1)
})

test('mcp is complete with the 202 to a response that the app sends', async () => {
  await using server = await play({
    replies: [{ steps: [{ type: 'status', status: 202 }, { type: 'end' }] }],
  })
  const stream = fetchEventStream(server.url, {
    protocol: mcp,
    json: { jsonrpc: '2.0', id: 5, result: { roots: [] } },
  })

  expect(await stream.done()).toMatchObject({ type: 'complete', events: 0 })
})

test('mcp takes the JSON of a refusal for no message: a session that is over is a 404', async () => {
  const fetch = async () =>
    Response.json(
      { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'no session' } },
      { status: 404 },
    )
  const json = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

  expect(await fetchEventStream('http://a.test/', { protocol: mcp, json, fetch }).done()).toMatchObject({
    type: 'server-error',
    events: 0,
    error: { code: 'http-status', status: 404 },
  })
})

test('mcp on a stream that was opened by GET goes on after a notification, to a response', async () => {
  const stream = fetchEventStream('http://a.test/', {
    protocol: mcp,
    retry: false,
    fetch: fetchGiving(
      { data: '{"jsonrpc":"2.0","method":"notifications/progress"}' },
      { data: '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"flour"}]}}' },
    ),
  })

  expect(await collect(stream)).toMatchObject({ text: 'flour', outcome: { type: 'complete', events: 2 } })
})
