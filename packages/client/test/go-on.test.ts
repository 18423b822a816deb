import { collect, fetchEventStream, type PartialAnswer } from '@millrace/client'
import { openaiResponses } from '@millrace/client/protocols'
import { toBase64, type Scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fixture } from '../../../test/fixtures/index.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const { bytes, events } = fixture('openai-responses.sse')
const text = new TextDecoder().decode(bytes)

/** The answer by POST up to an event that is cut, and by GET from that event on. */
function cutBefore(sequence: number): Scenario {
  const block = text.indexOf(
    `event: ${events[sequence]?.type}\ndata: {"type":"${events[sequence]?.type}","sequence_number":${sequence},`,
  )
  const part = (from: number, to?: number) =>
    ({ type: 'bytes', base64: toBase64(new TextEncoder().encode(text.slice(from, to))) }) as const
  return {
    replies: [
      { on: { method: 'POST' }, steps: [part(0, block + 20), { type: 'end' }] },
      { on: { method: 'GET' }, steps: [part(block), { type: 'end' }] },
    ],
  }
}

test.each([5, 12])(
  'an answer that is cut before event %i is complete by a later stream, from what was saved as JSON',
  async (sequence) => {
    await using server = await play(cutBefore(sequence))
    const json = { model: 's', input: 'Turn', stream: true, background: true }
    const first = fetchEventStream(server.url, { protocol: openaiResponses, json, retry: false })
    const { outcome: cut, ...received } = await collect(first)
    expect(cut).toMatchObject({ type: 'truncated', resumable: true, events: sequence })

    const saved: { cursor: typeof first.cursor; received: PartialAnswer<never> } = JSON.parse(
      JSON.stringify({ cursor: first.cursor, received }),
    )
    const second = fetchEventStream(server.url, { protocol: openaiResponses, json, cursor: saved.cursor })
    const answer = await collect.orThrow(second, { from: saved.received })

    expect(answer).toMatchObject({
      text: 'The wheel turns — naïve ✓',
      toolCalls: [{ id: 'call_b2', name: 'sluice', input: { open: true } }],
      usage: { total_tokens: 22 },
    })
    const [, resumed] = await server.requests(2)
    expect(resumed?.method).toBe('GET')
    expect(resumed?.url).toContain(`/resp_mr02?stream=true&starting_after=${sequence - 1}`)
  },
)

test('an answer goes on although the app skips the events that tell its ID and its end', async () => {
  await using server = await play(cutBefore(5))
  const stream = fetchEventStream(server.url, {
    protocol: openaiResponses,
    schema: { 'response.output_text.delta': z.object({ delta: z.string() }) },
    json: { background: true },
    ...skipping().options,
  })
  let text = ''
  for await (const { data } of stream) text += data.delta

  expect(text).toBe('The wheel turns — naïve ✓')
  expect(await stream.outcome).toMatchObject({ type: 'complete', events: 4, skipped: 12, attempts: 2 })
})
