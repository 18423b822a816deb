import { collect, fetchEventStream } from '@millrace/client'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { full } from '../../../test/support/full.ts'
import { protocols } from './support/protocols.ts'
import { fetchGiving } from './support/fetch-giving.ts'

/** Names and members that the protocols look for, with anything in their place. */
const names = [
  'message',
  'content_block_start',
  'content_block_delta',
  'message_delta',
  'message_start',
  'response.output_text.delta',
  'response.output_item.added',
  'response.created',
]
const members = [
  'choices',
  'delta',
  'content',
  'tool_calls',
  'usage',
  'candidates',
  'content_block',
  'item',
  'message',
  'method',
  'response',
  'type',
]
const types = [
  'text-delta',
  'reasoning-delta',
  'tool-input-start',
  'tool-input-available',
  'text_delta',
  'start',
]

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, 7, 'text', ...types),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...members), tie('value'), { maxKeys: 4 }),
  ),
}))
const event = fc.record({ event: fc.constantFrom(...names), data: value.map((data) => JSON.stringify(data)) })

describe.each(Object.entries(protocols))('the protocol of %s', (_, protocol) => {
  test('makes an outcome of whatever comes: nothing rejects, nothing is complete without its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
        const stream = fetchEventStream('http://stream.test/', {
          protocol,
          json: { id: 1 },
          fetch: fetchGiving(...events),
          retry: false,
        })
        const { outcome, text } = await collect(stream)

        expect(['truncated', 'invalid', 'server-error']).toContain(outcome.type)
        expect(typeof text).toBe('string')
      }),
      { numRuns: full ? 200 : 50 },
    )
  })
})
