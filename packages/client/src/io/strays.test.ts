import { expect, onTestFinished, test, vi } from 'vitest'
import { Strays } from './strays.ts'

test('Strays.add() gives the value of JSON on one line', () => {
  expect(new Strays().add('{"error":{"code":503}}')?.value).toEqual({ error: { code: 503 } })
})

test('Strays.add() gives the value of JSON on many lines with the line that completes it', () => {
  const strays = new Strays()
  const lines = ['{', '  "error": {', '    "code": 503', '  }', '}']
  const given = lines.map((line) => strays.add(line)?.value)

  expect(given).toEqual([undefined, undefined, undefined, undefined, { error: { code: 503 } }])
  expect(strays.firstLine).toBe('{')
})

test('Strays.add() takes JSON with white space around it, and tells its first line', () => {
  const strays = new Strays()

  expect(strays.add(' \t{"error":')).toBeNull()
  expect(strays.add('"busy"} \t')?.value).toEqual({ error: 'busy' })
  expect(strays.firstLine).toBe(' \t{"error":')
})

test('Strays.add() takes no line that opens with text', () => {
  const strays = new Strays()

  expect(strays.add('upstream [said')).toBeNull()
  expect(strays.add('said{}')).toBeNull()
  expect(strays.firstLine).toBe('')
})

test('Strays.add() passes over lines until one opens JSON', () => {
  const strays = new Strays()

  expect(strays.add('upstream said')).toBeNull()
  expect(strays.firstLine).toBe('')
})

test('Strays.add() keeps 16 KiB: longer JSON never becomes whole', () => {
  const lines = (length: number) => ['[', ...Array.from({ length }, () => `"${'x'.repeat(100)}",`), '0]']
  const given = (length: number) => {
    const strays = new Strays()
    return lines(length)
      .map((line) => strays.add(line))
      .at(-1)
  }

  expect(given(100)?.value).toHaveLength(101)
  expect(given(1000)).toBeNull()
})

test('Strays.add() looks a bounded number of times at what never becomes JSON', () => {
  const strays = new Strays()
  const parse = vi.spyOn(JSON, 'parse')
  onTestFinished(() => parse.mockRestore())
  strays.add('{"a": [')
  for (let n = 0; n < 10_000; n += 1) strays.add(']')

  expect(parse.mock.calls.length).toBeLessThan(100)
})
