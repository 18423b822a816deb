import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encode } from '@millrace/parser/encode'
import { callsFor } from './record.ts'
import type { EncodableEvent } from '@millrace/parser/encode'
import type { Call } from './reference.ts'

const utf8 = new TextEncoder()

/** Any code point. The units that fast-check has for that take a second to list them all. */
const anyCharacter = fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point))

/** Text that injects, breaks or vanishes where it is not looked at. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '\0',
        '\uD800',
        '\uDC00',
        '\uFEFF',
        ' ',
        ':',
        'data: x',
        'id: 9',
        'é',
        '🏞️',
      ),
      fc.string({ maxLength: 4, unit: anyCharacter }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''))

const encodable: fc.Arbitrary<EncodableEvent> = fc.record(
  {
    comment: hostile,
    retry: fc.oneof(fc.nat(), fc.constantFrom(-1, 1.5, Number.NaN, Infinity, 2 ** 53, 2 ** 53 - 1)),
    id: hostile,
    event: hostile,
    data: hostile,
  },
  { requiredKeys: [] },
)

test('what a parser reads from encode(x) is x, or encode(x) throws', () => {
  fc.assert(
    fc.property(encodable, (event) => {
      let text: string
      try {
        text = encode(event)
      } catch (error) {
        expect(error instanceof TypeError || error instanceof RangeError).toBe(true)
        return
      }
      expect(callsFor([utf8.encode(text)])).toEqual(callsOf(event))
    }),
    { numRuns: Number(process.env['MILLRACE_RUNS'] ?? 1000) },
  )
})

function callsOf({ comment, retry, id, event, data }: EncodableEvent): Call[] {
  const calls: Call[] = []
  if (comment !== undefined) calls.push({ type: 'comment', comment })
  if (retry !== undefined) calls.push({ type: 'retry', retry })
  if (id !== undefined) calls.push({ type: 'id', id })
  if (data !== undefined) calls.push({ type: 'event', event, id, data })
  return calls
}
