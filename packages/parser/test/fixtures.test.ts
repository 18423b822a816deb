import { describe, expect, test } from 'vitest'
import { fixtures } from '../../../test/fixtures/index.ts'
import { callsFor } from './record.ts'

const LF = 10
const CR = 13

const forms: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  'as it is': (bytes) => bytes,
  'with CRLF': (bytes) => withLineEnds(bytes, [CR, LF]),
  'with lone CR': (bytes) => withLineEnds(bytes, [CR]),
  'with a byte order mark': (bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]),
}

const chunkings: Record<string, (bytes: Uint8Array) => Iterable<Uint8Array>> = {
  whole: (bytes) => [bytes],
  'byte by byte': (bytes) => Array.from(bytes, (byte) => Uint8Array.of(byte)),
  'in pieces of pseudo-random length': randomPieces,
}

describe.each(fixtures)('$name', (fixture) => {
  describe.each(Object.keys(forms))('%s', (form) => {
    test.each(Object.keys(chunkings))('%s gives the events of the manifest', (chunking) => {
      const bytes = forms[form]?.(fixture.bytes) ?? fixture.bytes
      const calls = callsFor(chunkings[chunking]?.(bytes) ?? [])
      const events = calls.flatMap((call) =>
        call.type === 'event' ? [{ type: call.event ?? 'message', data: call.data, id: call.id }] : [],
      )
      expect(events).toEqual(fixture.events)
      expect(calls.flatMap((call) => (call.type === 'comment' ? [call.comment] : []))).toEqual(
        fixture.comments,
      )
      expect(calls.flatMap((call) => (call.type === 'retry' ? [call.retry] : []))).toEqual(
        fixture.retry === null ? [] : [fixture.retry],
      )
      expect(calls.flatMap((call) => (call.type === 'id' ? [call.id] : [])).at(-1) ?? '').toBe(
        fixture.lastEventId,
      )
    })
  })
})

function withLineEnds(bytes: Uint8Array, end: number[]): Uint8Array {
  const lines = [...bytes].filter((byte, i) => !(byte === CR && bytes[i + 1] === LF))
  return Uint8Array.from(lines.flatMap((byte) => (byte === LF || byte === CR ? end : [byte])))
}

function* randomPieces(bytes: Uint8Array): Iterable<Uint8Array> {
  let seed = 20_261_120
  for (let at = 0; at < bytes.length;) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    const length = seed % 23
    yield bytes.subarray(at, at + length)
    at += length
  }
}
