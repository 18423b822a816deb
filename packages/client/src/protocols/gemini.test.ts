import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { gemini } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

test('gemini keeps calls with an empty ID apart, and leaves one whose arguments are streamed without input', async () => {
  const call = (functionCall: object) => ({ functionCall })
  const parts = [
    call({ id: '', name: 'turn', args: { n: 1 } }),
    call({ id: '', name: 'turn', args: { n: 2 } }),
    call({ name: 'grind', willContinue: true }),
    call({ partialArgs: [{ jsonPath: '$.kg', numberValue: 1 }] }),
  ]
  const data = JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })
  await using server = await play(scenario([{ type: 'event', data }, { type: 'end' }]))
  const { toolCalls } = await collect.orThrow(
    fetchEventStream(server.url, { protocol: gemini, json: {}, retry }),
  )

  expect(toolCalls.map(({ name, input }) => [name, input])).toEqual([
    ['turn', { n: 1 }],
    ['turn', { n: 2 }],
    ['grind', undefined],
  ])
})

test('gemini is complete with a finish reason, and reads on to the end of the body', async () => {
  await using server = await play(recorded('gemini-generate-content.sse'))
  const { outcome, text, usage, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: gemini, json: {}, retry }),
  )
  const { aggregate } = files['gemini-generate-content.sse']

  expect(outcome.type).toBe('complete')
  expect(text).toBe(aggregate.text)
  expect(usage?.totalTokenCount).toBe(aggregate['usage.totalTokenCount'])
  expect(finishReason).toBe('STOP')
})

const collected = (...chunks: readonly object[]) =>
  collect(
    fetchEventStream('http://stream.test/', {
      protocol: gemini,
      json: {},
      retry,
      fetch: fetchGiving(...chunks.map((chunk) => ({ data: JSON.stringify(chunk) }))),
    }),
  )

test('gemini keeps what the model thinks apart from what it says', async () => {
  const parts = [{ text: 'H', thought: true }, { text: 'fl' }, { text: 'm', thought: true }, { text: 'our' }]
  const answer = await collected({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })
  expect(answer).toMatchObject({ text: 'flour', reasoning: 'Hm', toolCalls: [] })
})

test('gemini collects the first candidate alone, and the usage that follows its end', async () => {
  const { text, usage, outcome } = await collected(
    { candidates: [{ index: 1, content: { parts: [{ text: 'bran' }] }, finishReason: 'STOP' }] },
    { candidates: [{ index: 0, content: { parts: [{ text: 'flour' }] } }] },
    { candidates: [{ index: 0, finishReason: 'STOP' }] },
    { usageMetadata: { totalTokenCount: 3 } },
  )
  expect([text, usage, outcome.type]).toEqual(['flour', { totalTokenCount: 3 }, 'complete'])
})

test('gemini is complete with the reason why the prompt itself was refused', async () => {
  const { text, finishReason, outcome } = await collected({ promptFeedback: { blockReason: 'SAFETY' } })
  expect([text, finishReason, outcome.type]).toEqual(['', 'SAFETY', 'complete'])
})
