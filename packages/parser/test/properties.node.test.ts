import * as fc from 'fast-check'
import { expect, test } from 'vitest'
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

function chunksOf<Whole extends Uint8Array | string>(whole: Whole, at: number[]): Whole[] {
  const places = at.map((place) => Math.floor(place * whole.length)).toSorted((a, b) => a - b)
  const starts = [0, ...places]
  return starts.map((start, i) => whole.slice(start, starts[i + 1] ?? whole.length) as Whole)
}
