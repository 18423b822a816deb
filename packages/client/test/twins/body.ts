import type { Chance } from '../support/chance.ts'

/** Lines of every kind that the browsers' own parsers agree on: Firefox's drops U+0000, and an ID without data. */
const lines = [
  'data: text',
  'data: é🌊',
  'data',
  'data:  two',
  'data:\t',
  'event: foo',
  'event: open',
  'event: error',
  'event:',
  'id: 7',
  'id: …',
  'id',
  'retry: 5e2',
  ': comment',
  'unknown: field',
  'Data: no',
  ' data: no',
  'data: \uFEFF\u2028\u0085',
] as const

/** The body of an event stream, whose last event is `over`. */
export function body(chance: Chance): string {
  const end = () => chance.pick(['\n', '\n', '\r', '\r\n'])
  const block = () => {
    const some = Array.from({ length: chance.between(0, 4) }, () => chance.pick(lines) + end())
    return `data: ${chance.between(0, 9)}${end()}${some.join('')}${end()}`
  }
  const blocks = Array.from({ length: chance.between(0, 8) }, block)
  const mark = chance.happens(0.3) ? '\uFEFF' : ''
  return `${mark}${blocks.join('')}event: over\ndata: over\n\n`
}
