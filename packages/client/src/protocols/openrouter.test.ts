import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { collect, fetchEventStream } from '@millrace/client'
import { openRouter } from '@millrace/client/protocols'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest
const retry = false

test('openRouter takes no comment for an event, and gathers reasoning beside the text', async () => {
  await using server = await play(recorded('openrouter-chat-completions.sse'))
  const { outcome, text, reasoning, usage, finishReason } = await collect(
    fetchEventStream(server.url, { protocol: openRouter, json: {}, retry }),
  )
  const { aggregate } = files['openrouter-chat-completions.sse']

  expect({ text, reasoning, finish_reason: finishReason, 'usage.total_tokens': usage?.total_tokens }).toEqual(
    aggregate,
  )
  expect(outcome).toMatchObject({ type: 'complete', events: 6 })
})

test('openRouter takes the chunk of a failed provider for the error that it is, although [DONE] follows', async () => {
  await using server = await play(recorded('openrouter-provider-error.sse'))
  const { outcome, text } = await collect(
    fetchEventStream(server.url, { protocol: openRouter, json: {}, retry }),
  )
  const { aggregate } = files['openrouter-provider-error.sse']

  expect(text).toBe(aggregate.text)
  expect(outcome).toMatchObject({ type: 'server-error', error: { status: aggregate['error.status'] } })
})
