import { expect, test } from 'vitest'
import { beginningOf, isDataField, isEventField, isIdField } from './field-name.ts'

const names = ['data', 'event', 'id', 'retry']

/** Every known name with each of its characters changed, dropped or doubled, bare and with a colon. */
function* lines(): Iterable<string> {
  yield* [':', ':data', 'x', 'x:', 'data ', ' data', 'Data:']
  for (const name of names) {
    for (let i = 0; i <= name.length; i++) {
      const [before, after] = [name.slice(0, i), name.slice(i)]
      for (const line of [
        before + after,
        `${before}_${after.slice(1)}`,
        before + after.slice(1),
        `${before}_${after}`,
      ]) {
        yield* [line, `${line}:`, `${line}: v`, `${line}v`]
      }
    }
  }
}

const different = [...new Set(lines())].filter((line) => line !== '')

test.each([
  ['isDataField', isDataField, 'data:'],
  ['isEventField', isEventField, 'event:'],
  ['isIdField', isIdField, 'id:'],
] as const)('%s() is true of its own name with a colon, and of no other line', (_name, isField, start) => {
  for (const line of different) {
    // Something before and after the line, so that it has to keep to it.
    const bytes = new TextEncoder().encode(`:\n${line}\n:`)
    expect([line, isField(bytes, 2)]).toEqual([line, line.startsWith(start)])
  }
})

test.each([
  ['d', 'data:'],
  ['dat', 'data:'],
  ['data', 'data:'],
  ['data:', 'data:'],
  ['data: x', 'data:'],
  ['ev', 'event:'],
  ['event:x', 'event:'],
  ['i', 'id:'],
  ['id', 'id:'],
  ['r', 'retry:'],
  ['retry: ', 'retry:'],
  [':', ':'],
  [': x', ':'],
] as const)('beginningOf(%j) is %j', (start, beginning) => {
  expect(beginningOf(start)).toBe(beginning)
})

test.each(['x', 'datax', 'Data', ' data', 'idx', '{', 'eventful', 'dt', 'data ', 'retryx'])(
  'beginningOf(%j) is undefined: it can be no field any more',
  (start) => {
    expect(beginningOf(start)).toBeUndefined()
  },
)
