import { expect, test } from 'vitest'
import { collect, fetchEventStream } from '@millrace/client'
import { mcp } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'

const request = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call' })
const response = (id: number, text: string) => ({
  jsonrpc: '2.0',
  id,
  result: { content: [{ type: 'text', text }] },
})
const progress = { jsonrpc: '2.0', method: 'notifications/progress' }
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }

const asked = (json: unknown, ...lists: readonly (readonly object[])[]) =>
  collect(
    fetchEventStream('http://stream.test/', {
      protocol: mcp,
      json,
      retry: false,
      fetch: fetchGiving(...lists.map((list) => ({ data: JSON.stringify(list) }))),
    }),
  )

test('mcp is complete with the batch that holds the response to the request', async () => {
  expect(await asked(request(7), [progress], [progress, response(7, 'flour')])).toMatchObject({
    text: 'flour',
    outcome: { type: 'complete', events: 2 },
  })
})

test('mcp is complete with the batch that holds a response to each request of a batch', async () => {
  const json = [request(1), initialized, request(2)]
  expect(await asked(json, [response(2, 'bran'), response(1, 'flour')])).toMatchObject({
    text: 'branflour',
    outcome: { type: 'complete' },
  })
})

test('mcp takes the text of an ID for the number that it is', async () => {
  const answer = { ...response(7, 'flour'), id: '7' }
  expect((await asked(request(7), [answer])).outcome.type).toBe('complete')
})

test('mcp does not take a response to another request, or a request of the server, for the answer', async () => {
  const sampling = { ...request(7), method: 'sampling/createMessage' }
  expect((await asked(request(7), [sampling], [response(8, 'bran')])).outcome.type).toBe('truncated')
})

test('mcp does not take a batch for complete that lacks a response', async () => {
  const { outcome, text } = await asked([request(1), request(2)], [response(1, 'flour'), progress])
  expect([outcome.type, text]).toEqual(['truncated', 'flour'])
})

test('mcp reads an error anywhere in a batch as the error of the server', async () => {
  const error = { jsonrpc: '2.0', id: 2, error: { code: -32602, message: 'no such mill' } }
  const { outcome } = await asked([request(1), request(2)], [response(1, 'flour'), error])
  expect(outcome).toMatchObject({
    type: 'server-error',
    error: { message: 'The server sent an error: no such mill' },
  })
})
