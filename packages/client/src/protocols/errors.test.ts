import { describe, expect, test } from 'vitest'
import { fetchEventStream, type Protocol } from '@millrace/client'
import {
  anthropicMessages,
  gemini,
  mcp,
  openaiChat,
  openaiCompatible,
  openaiResponses,
  openRouter,
} from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'

const told = (words: string) => `The server sent an error: ${words}`
const error = { message: 'The mill stands', type: 'overloaded_error', param: null }

/** The ways in which gateways bring the error of a provider, and the name of the event, where a line gives it one. */
const ways: readonly (readonly [way: string, name: string, data: unknown, message: string])[] = [
  ['alone', 'error', error, error.message],
  ['wrapped', 'error', { error }, error.message],
  ['wrapped, in an event without a name', '', { error }, error.message],
  ['wrapped, beside words of the wrapper', 'error', { message: 'no', error }, error.message],
  ['as a text', 'error', error.message, error.message],
]

const ask = (protocol: Protocol, ...events: readonly { event: string; data: string }[]) =>
  fetchEventStream('http://stream.test/', { protocol, json: {}, retry: false, fetch: fetchGiving(...events) })

describe.each<[string, Protocol]>([
  ['anthropicMessages', anthropicMessages],
  ['openaiChat', openaiChat],
  ['openaiCompatible', openaiCompatible],
  ['openaiResponses', openaiResponses],
  ['openRouter', openRouter],
])('%s', (_, protocol) => {
  test.each(ways)('knows an error that comes %s', async (_, event, data, message) => {
    const stream = ask(protocol, { event, data: JSON.stringify(data) })
    expect(await stream.done()).toMatchObject({
      type: 'server-error',
      events: 0,
      error: { message: told(message) },
    })
  })
})

test.each<[string, Protocol]>([
  ['anthropicMessages', anthropicMessages],
  ['openaiCompatible', openaiCompatible],
  ['openaiResponses', openaiResponses],
])('%s takes an error of which nothing is told for an error', async (_, protocol) => {
  const stream = ask(protocol, { event: 'error', data: 'null' })
  expect(await stream.done()).toMatchObject({
    type: 'server-error',
    error: { message: told('no message') },
  })
})

test('openaiResponses tells the type of an error that has one of its own', async () => {
  const stream = ask(openaiResponses, { event: 'error', data: JSON.stringify(error) })
  expect(await stream.done()).toMatchObject({ error: { type: 'overloaded_error' } })
})

test('anthropicMessages knows the status of an error that comes alone', async () => {
  const stream = ask(anthropicMessages, { event: 'error', data: JSON.stringify(error) })
  expect(await stream.done()).toMatchObject({ error: { type: 'overloaded_error', status: 529 } })
})

test.each<[string, Protocol, string]>([
  ['anthropicMessages', anthropicMessages, 'message_stop'],
  ['gemini', gemini, 'a finish reason'],
  ['openaiResponses', openaiResponses, 'response.completed'],
  ['mcp', mcp, 'the response to the request'],
])('the error of a cut answer in %s says what did not come', async (_, protocol, what) => {
  const { error } = await ask(protocol).done()

  expect(error?.message).toBe(`The answer is not complete: the body ended before ${what}`)
})
