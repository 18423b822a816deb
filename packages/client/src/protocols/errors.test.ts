import { describe, expect, test } from 'vitest'
import { fetchEventStream, type Protocol } from '@millrace/client'
import {
  aiSdkUi,
  anthropicMessages,
  gemini,
  mcp,
  openaiChat,
  openaiCompatible,
  openaiResponses,
  openRouter,
} from '@millrace/client/protocols'
import { skipping } from '../../../../test/support/skipping.ts'
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

const ask = (protocol: Protocol, ...events: readonly { event?: string; data: string }[]) =>
  fetchEventStream('http://stream.test/', { protocol, json: {}, retry: false, fetch: fetchGiving(...events) })

describe.each<[string, Protocol]>([
  ['aiSdkUi', aiSdkUi],
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
  ['aiSdkUi', aiSdkUi],
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

test.each([{ type: 'error' }, { type: 'error', errorText: '' }])(
  'aiSdkUi takes the part %o for an error of which nothing is told',
  async (part) => {
    const stream = ask(aiSdkUi, { event: '', data: JSON.stringify(part) })
    expect(await stream.done()).toMatchObject({
      type: 'server-error',
      error: { message: told('no message') },
    })
  },
)

test.each<[string, Protocol]>([
  ['anthropicMessages', anthropicMessages],
  ['openaiResponses', openaiResponses],
])('%s knows an error by the type in its data where no line names the event', async (_, protocol) => {
  const stream = ask(protocol, { data: '{"type":"error","message":"The mill stands"}' })
  expect(await stream.done()).toMatchObject({
    type: 'server-error',
    error: { message: told('The mill stands') },
  })
})

test.each([
  ['its error', { code: 'server_error', message: 'The mill stands' }, 'The mill stands', 'server_error'],
  ['no error', null, 'response.failed', null],
])('openaiResponses takes a response that failed for an error, with %s', async (_, error, words, type) => {
  const data = { type: 'response.failed', response: { id: 'r', status: 'failed', error } }
  const stream = ask(openaiResponses, { event: data.type, data: JSON.stringify(data) })
  expect(await stream.done()).toMatchObject({ type: 'server-error', error: { message: told(words), type } })
})

test('openaiResponses tells the code of an error that only its data names', async () => {
  const data = '{"type":"error","code":"rate_limit_exceeded","message":"The mill is busy"}'
  expect(await ask(openaiResponses, { data }).done()).toMatchObject({
    error: { type: 'rate_limit_exceeded' },
  })
})

test('gemini tells the message and the status of an error inside the stream', async () => {
  const error = { code: 503, message: 'The mill stands', status: 'UNAVAILABLE' }
  expect(await ask(gemini, { data: JSON.stringify({ error }) }).done()).toMatchObject({
    type: 'server-error',
    error: { message: told('The mill stands'), type: 'UNAVAILABLE', status: 503 },
  })
})

test('openRouter takes a choice that ended by an error for one, though nothing more is told', async () => {
  const stream = ask(
    openRouter,
    { data: '{"choices":[{"index":0,"delta":{"content":"Half"},"finish_reason":null}]}' },
    { data: '{"usage":{"total_tokens":1}}' },
    { data: '{"choices":[{"index":1,"delta":{}},{"index":0,"delta":{},"finish_reason":"error"}]}' },
    { data: '[DONE]' },
  )
  expect(await stream.done()).toMatchObject({
    type: 'server-error',
    error: { message: told('The provider of the model failed'), type: 'error' },
  })
})

test.each([
  [{ type: 'error', errorText: 'The mill stands' }, 'The mill stands', null],
  [{ type: 'abort', reason: 'The miller left' }, 'The miller left', 'abort'],
  [{ type: 'abort' }, 'it was aborted', 'abort'],
])('aiSdkUi tells of the part %o what it says', async (part, words, type) => {
  const stream = ask(aiSdkUi, { data: JSON.stringify(part) }, { data: '[DONE]' })
  expect(await stream.done()).toMatchObject({ type: 'server-error', error: { message: told(words), type } })
})

test('openaiResponses tells the type of an error that has one of its own', async () => {
  const stream = ask(openaiResponses, { event: 'error', data: JSON.stringify(error) })
  expect(await stream.done()).toMatchObject({ error: { type: 'overloaded_error' } })
})

test('anthropicMessages knows the status of an error that comes alone', async () => {
  const stream = ask(anthropicMessages, { event: 'error', data: JSON.stringify(error) })
  expect(await stream.done()).toMatchObject({ error: { type: 'overloaded_error', status: 529 } })
})

// https://docs.anthropic.com/en/api/errors
test.each([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
])('anthropicMessages gives an %s inside the stream its status, %i', async (type, status) => {
  const data = JSON.stringify({ type: 'error', error: { type, message: 'no' } })
  expect(await ask(anthropicMessages, { event: 'error', data }).done()).toMatchObject({
    error: { type, status },
  })
})

test('anthropicMessages asks for a fresh key once where the first event says that the old one is refused', async () => {
  const data = JSON.stringify({ type: 'error', error: { type: 'authentication_error', message: 'no' } })
  const seen: (number | null | undefined)[] = []
  const stream = fetchEventStream('http://stream.test/', {
    protocol: anthropicMessages,
    json: {},
    ...skipping().options,
    headers: ({ previous }) => {
      seen.push(previous?.error.status)
      return {}
    },
    fetch: fetchGiving({ event: 'error', data }),
  })

  expect(await stream.done()).toMatchObject({ type: 'server-error', attempts: 2 })
  expect(seen).toEqual([undefined, 401])
})

test.each<[string, Protocol, string]>([
  ['anthropicMessages', anthropicMessages, 'message_stop'],
  ['gemini', gemini, 'a finish reason'],
  ['openaiCompatible', openaiCompatible, 'a finish reason'],
  ['openaiResponses', openaiResponses, 'response.completed'],
  ['mcp', mcp, 'the response to the request'],
])('the error of a cut answer in %s says what did not come', async (_, protocol, what) => {
  const { error } = await ask(protocol).done()

  expect(error?.message).toBe(`The answer is not complete: the body ended before ${what}`)
})
