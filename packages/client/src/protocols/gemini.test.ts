import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { gemini } from '@millrace/client/protocols'
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
