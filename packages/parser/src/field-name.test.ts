import { expect, test } from 'vitest'
import { mayBecomeField, nameInBytes, nameInText } from './field-name.ts'

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

function nameByTheBook(line: string): string | undefined {
  const [name = ''] = line.split(':', 1)
  if (line.startsWith(':')) return ''
  return names.includes(name) ? name : undefined
}

test.each([...new Set(lines())].filter((line) => line !== ''))(
  '%j has the same name in bytes and in text',
  (line) => {
    // Something before and after the line, so that both have to keep to it.
    const text = `:\n${line}\ndata:`
    const bytes = new TextEncoder().encode(text)
    const end = 2 + line.length
    expect(nameInBytes(bytes, 2, end)).toBe(nameByTheBook(line))
    expect(nameInText(text, 2, end)).toBe(nameByTheBook(line))
  },
)

test.each(['', 'd', 'dat', 'data', 'data:', 'data: x', 'ev', 'event:x', 'i', 'id', 'r', 'retry: '])(
  '%j may become a field',
  (start) => {
    expect(mayBecomeField(start, false)).toBe(true)
  },
)

test.each(['x', 'datax', 'Data', ' data', 'idx', '{', 'eventful', 'dt'])(
  '%j can be no field any more',
  (start) => {
    expect(mayBecomeField(start, true)).toBe(false)
  },
)

test('a comment may matter only where comments are wanted', () => {
  expect(mayBecomeField(':x', true)).toBe(true)
  expect(mayBecomeField(':x', false)).toBe(false)
})
