import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { aiSdkUi } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

test('aiSdkUi takes a text for another one than the reasoning of the same ID, in a step before', async () => {
  const part = (type: string, id: string, delta: string) =>
    ({ type: 'event', data: JSON.stringify({ type, id, delta }) }) as const
  await using server = await play(
    scenario([
      part('reasoning-delta', '0', 'Hm'),
      part('text-delta', '1', 'Let me look. '),
      part('text-delta', '0', 'Flour.'),
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const { text, reasoning } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )

  expect([text, reasoning]).toEqual(['Let me look. Flour.', 'Hm'])
})

test('aiSdkUi leaves to the app only the calls that nobody else carries out, has refused, or is asked about', async () => {
  const part = (type: string, toolCallId: string, more: object = {}) =>
    ({ type: 'event', data: JSON.stringify({ type, toolCallId, ...more }) }) as const
  const input = (id: string, more?: object) =>
    part('tool-input-available', id, { toolName: 'grind', input: { kg: 1 }, ...more })
  await using server = await play(
    scenario([
      part('tool-input-start', 'at the provider', { toolName: 'search', providerExecuted: true }),
      input('at the provider', { toolName: 'search', providerExecuted: true }),
      ...['done', 'failed', 'denied', 'asked', 'for the app'].map((id) => input(id)),
      part('tool-output-available', 'done', { output: 'flour' }),
      part('tool-output-error', 'failed', { errorText: 'no grain' }),
      part('tool-output-denied', 'denied'),
      part('tool-approval-request', 'asked', { approvalId: 'a' }),
      part('tool-input-start', 'invalid', { toolName: 'grind' }),
      part('tool-input-delta', 'invalid', { inputTextDelta: '{"kg":"much"}' }),
      part('tool-input-error', 'invalid', {
        toolName: 'grind',
        input: { kg: 'much' },
        errorText: 'no number',
      }),
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )

  expect(toolCalls.map(({ id, input }) => [id, input])).toEqual([['for the app', { kg: 1 }]])
})

test('aiSdkUi joins interleaved parts by their IDs', async () => {
  await using server = await play(recorded('ai-sdk-ui-message-stream.sse'))
  const { outcome, text, reasoning, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: aiSdkUi, json: {}, retry }),
  )
  const { aggregate } = files['ai-sdk-ui-message-stream.sse']

  if (outcome.type !== 'complete') throw new TypeError(`The outcome is ${outcome.type}`)
  expect(text).toBe(aggregate.text)
  expect(reasoning).toBe('think')
  expect(finishReason).toBe('stop')
  // The server has carried out its one call.
  expect(outcome.answer.toolCalls).toEqual([])
})

test('aiSdkUi has the arguments of a cut call so far, and the reasonings one after the other', async () => {
  const parts = [
    { type: 'reasoning-delta', id: 'a', delta: 'H' },
    { type: 'reasoning-delta', id: 'b', delta: 'So' },
    { type: 'reasoning-delta', id: 'a', delta: 'm. ' },
    { type: 'tool-input-start', toolCallId: 'x', toolName: 'grind' },
    { type: 'tool-input-delta', toolCallId: 'x', inputTextDelta: '{"kg"' },
    { type: 'tool-input-delta', toolCallId: 'x', inputTextDelta: ':' },
  ]
  const fetch = fetchGiving(...parts.map((part) => ({ data: JSON.stringify(part) })))
  const answer = await collect(
    fetchEventStream('http://stream.test/', { protocol: aiSdkUi, json: {}, retry, fetch }),
  )
  expect(answer).toMatchObject({
    reasoning: 'Hm. So',
    toolCalls: [{ id: 'x', name: 'grind', arguments: '{"kg":' }],
    outcome: { type: 'truncated' },
  })
})
