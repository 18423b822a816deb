import { isDeepStrictEqual } from 'node:util'
import { callsFor } from '../record.ts'
import { interpret } from '../reference.ts'
import { cut } from './mutate.ts'
import type { Call } from '../reference.ts'
import type { Random } from '../../../../test/support/random.ts'

/** Whether the parser, whatever the chunks, reads what the standard says; and the shape of what it read. */
export function check(input: Uint8Array, random: Random): { right: boolean; shape: string } {
  const expected = interpret(input)
  const right = [[input], cut(input, random), Array.from(input, (byte) => Uint8Array.of(byte))].every(
    (chunks) => isDeepStrictEqual(callsFor(chunks), expected),
  )
  return { right, shape: expected.map(shapeOf).join(' ') }
}

function shapeOf(call: Call): string {
  if (call.type !== 'event') return call.type
  return `${call.event === undefined ? '' : 'named '}${call.id === undefined ? '' : 'id '}${Math.min(3, call.data.split('\n').length)}`
}
