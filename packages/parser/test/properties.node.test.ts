import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createParser } from '@millrace/parser'
import { callsFor } from './record.ts'
import { interpret } from './reference.ts'
import { cuts, streamBytes } from './arbitraries.ts'

const runs = Number(process.env['MILLRACE_RUNS'] ?? 2000)

test('any bytes in any chunks give what the standard says of the whole', () => {
  fc.assert(
    fc.property(streamBytes, cuts, (bytes, at) => {
      expect(callsFor(chunksOf(bytes, at))).toEqual(interpret(bytes))
    }),
    { numRuns: runs },
  )
})

test('text in any chunks gives what its bytes give', () => {
  fc.assert(
    fc.property(streamBytes, cuts, (bytes, at) => {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      // Text that opens with the bytes of a byte order mark as characters is read as one; bytes are not.
      fc.pre(!text.startsWith('\xEF'))
      expect(callsFor(chunksOf(text, at))).toEqual(interpret(bytes))
    }),
    { numRuns: runs },
  )
})

test('maxBufferSize is passed by what is longer, in any chunks, and never by what fits with its field names', () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '水', '🏞'), maxLength: 30 }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(lines, cuts, fc.integer({ min: 1, max: 300 }), fc.boolean(), (values, at, most, asText) => {
      const length = (text: string): number => new TextEncoder().encode(text).length
      const event = `${values.map((value) => `data:${value}\n`).join('')}\n`
      const whole = asText ? event : new TextEncoder().encode(event)
      const passed: unknown[] = []
      const parser = createParser({ maxBufferSize: most, onError: ({ option }) => passed.push(option) })
      for (const chunk of chunksOf<Uint8Array | string>(whole, at))
        if (passed.length === 0) parser.feed(chunk)

      if (length(values.join('\n')) > most) expect(passed).toEqual(['maxBufferSize'])
      if (length(event) <= most) expect(passed).toEqual([])
    }),
    { numRuns: runs },
  )
})

function chunksOf<Whole extends Uint8Array | string>(whole: Whole, at: number[]): Whole[] {
  const places = at.map((place) => Math.floor(place * whole.length)).toSorted((a, b) => a - b)
  const starts = [0, ...places]
  return starts.map((start, i) => whole.slice(start, starts[i + 1] ?? whole.length) as Whole)
}
