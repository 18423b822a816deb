/** What eventsource-parser 4 promises its users, so that an alias can put this package in its place. */
import { describe, expect, test } from 'vitest'
import { ParseError, createParser } from '@millrace/parser'
import type { ParserConfig } from '@millrace/parser'

function watch(config: ParserConfig = {}): {
  parser: ReturnType<typeof createParser>
  events: unknown[]
  errors: ParseError[]
} {
  const events: unknown[] = []
  const errors: ParseError[] = []
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
    ...config,
  })
  return { parser, events, errors }
}

test('createParser() refuses a function and says what was meant', () => {
  const config: unknown = () => {}
  expect(() => createParser(config as ParserConfig)).toThrow(
    '`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?',
  )
})

test('feed and reset work without their object', () => {
  const { parser, events } = watch()
  const { feed, reset } = parser
  feed('data: a\n\ndata: b')
  reset()
  feed('data: c\n\n')
  expect(events).toHaveLength(2)
})

test('callbacks are called as methods of their object, so one object may be the parser’s whole config', () => {
  class Log {
    readonly lines: string[] = []
    onEvent = undefined
    onId(id: string) {
      this.lines.push(`id ${id}`)
    }
    onRetry(ms: number) {
      this.lines.push(`retry ${ms}`)
    }
    onComment(comment: string) {
      this.lines.push(`comment ${comment}`)
    }
    onError({ type }: ParseError) {
      this.lines.push(type)
    }
  }
  const log = new Log()
  createParser(log).feed(': c\nretry: 1\nodd\nid: 2\n\n')
  expect(log.lines).toEqual(['comment c', 'retry 1', 'unknown-field', 'id 2'])
})

test('an event has id, event and data, undefined where the block had none', () => {
  const { parser, events } = watch()
  parser.feed('data: ok\n\n')
  expect(events).toStrictEqual([{ id: undefined, event: undefined, data: 'ok' }])
})

test('text may open with the three bytes of a byte order mark as characters, also cut', () => {
  for (const chunks of [
    ['\xEF\xBB\xBFdata: a\n\n'],
    ['\xEF', '', '\xBB', '\xBFdata: a\n\n'],
    ['\uFEFF', 'data: a\n\n'],
  ]) {
    const { parser, events } = watch()
    for (const chunk of chunks) parser.feed(chunk)
    expect(events).toHaveLength(1)
  }
  const { parser, events } = watch()
  for (const chunk of ['\xEF', '\xBBdata: a\n\ndata: b\n\n']) parser.feed(chunk)
  expect(events).toStrictEqual([{ id: undefined, event: undefined, data: 'b' }])
})

describe('onId', () => {
  test('is called at the blank line, before onEvent, also without data, not for an id with U+0000', () => {
    const calls: string[] = []
    const parser = createParser({
      onId: (id) => calls.push(`id ${id}`),
      onEvent: ({ data }) => calls.push(`event ${data}`),
    })
    parser.feed('id: 42\n')
    expect(calls).toEqual([])
    parser.feed('\nid: 43\ndata: a\n\nid: bad\0\n\nid:\n\n')
    expect(calls).toEqual(['id 42', 'id 43', 'event a', 'id '])
  })
})

describe('onError', () => {
  test('is told of an unknown field that ends with its line', () => {
    for (const text of ['{"a": 1}\n', '{"a": 1}\r']) {
      const { parser, errors } = watch()
      parser.feed(text)
      expect(errors).toHaveLength(1)
      expect(errors[0]).toMatchObject({ type: 'unknown-field', field: '{"a"', value: '1}', line: '{"a": 1}' })
      expect(errors[0]).toBeInstanceOf(ParseError)
    }
  })

  test('is told of a line without colon as a field with an empty value', () => {
    const { parser, errors } = watch()
    parser.feed('not what I expected, but a very long line\n')
    expect(errors[0]).toMatchObject({
      type: 'unknown-field',
      field: 'not what I expected, but a very long line',
      value: '',
      message: 'Unknown field "not what I expected,"',
    })
  })

  test('is told of a retry that is no number', () => {
    const { parser, errors } = watch()
    parser.feed('retry: 2000x\nretry:\nretry: 1000\n')
    expect(errors.map(({ type, message, value, line }) => ({ type, message, value, line }))).toEqual([
      {
        type: 'invalid-retry',
        message: 'Invalid `retry` value: "2000x"',
        value: '2000x',
        line: 'retry: 2000x',
      },
      { type: 'invalid-retry', message: 'Invalid `retry` value: ""', value: '', line: 'retry:' },
    ])
  })

  test('is told the whole value of a retry, of which the message shows 20 characters', () => {
    const { parser, errors } = watch()
    parser.feed(`retry: ${'x'.repeat(30)}\n`)
    expect(errors[0]).toMatchObject({
      message: `Invalid \`retry\` value: "${'x'.repeat(20)}"`,
      value: 'x'.repeat(30),
    })
  })

  test('hears nothing of an unknown line that a chunk cuts', () => {
    for (const chunks of [
      ['datax', ': x\n'],
      ['un', 'known: x\n'],
      [':', ' comment\n'],
      ['foo', '\r', '\n'],
    ]) {
      const { parser, errors, events } = watch({ maxBufferSize: 16 })
      for (const chunk of [...chunks, 'data: ok\n\n']) parser.feed(chunk)
      expect(errors).toEqual([])
      expect(events).toHaveLength(1)
    }
  })
})

describe('a line that is dropped unfinished', () => {
  test.each([
    ['CRLF', ['data: one\n:', 'ignored\r\ndata: two\n\n']],
    ['CRLF cut in two', ['data: one\n:', 'ignored\r', '\ndata: two\n\n']],
    ['a lone CR at the end of the chunk', ['data: one\n:', 'ignored\r', 'data: two\n\n']],
    ['nothing in several chunks, then LF', ['data: one\n:', 'a', 'b', '', 'c\ndata: two\n\n']],
  ])('ends with %s, once', (_name, chunks) => {
    const { parser, events } = watch()
    for (const chunk of chunks) parser.feed(chunk)
    expect(events).toStrictEqual([{ id: undefined, event: undefined, data: 'one\ntwo' }])
  })
})

describe('reset()', () => {
  test('drops what was unfinished', () => {
    const { parser, events, errors } = watch()
    parser.feed('event: x\nid: 1\ndata: a\nretry: x')
    parser.reset()
    parser.feed('data: b\n\n')
    expect(events).toStrictEqual([{ id: undefined, event: undefined, data: 'b' }])
    expect(errors).toEqual([])
  })

  test('with consume reads the unfinished line as if it had ended', () => {
    const comments: string[] = []
    const { parser, events, errors } = watch({ onComment: (comment) => comments.push(comment) })
    parser.feed(Uint8Array.from([...new TextEncoder().encode(': caf'), 0xc3]))
    parser.reset({ consume: true })
    expect(comments).toEqual(['caf\uFFFD'])
    parser.feed('retry: x')
    parser.reset({ consume: true })
    expect(errors.map(({ type }) => type)).toEqual(['invalid-retry'])
    parser.feed('data: a')
    parser.reset({ consume: true })
    expect(events).toEqual([])
  })

  test('forgets a CR, a cut character and a line being dropped', () => {
    const { parser, events } = watch()
    parser.feed('data: a\r')
    parser.reset()
    parser.feed('\ndata: b\n\n')
    parser.feed(Uint8Array.from([0x64, 0xe6, 0xb0]))
    parser.reset()
    parser.feed(new TextEncoder().encode('data: c\n\nnonsense'))
    parser.reset()
    parser.feed('data: d\n\n')
    expect(events).toMatchObject([{ data: 'b' }, { data: 'c' }, { data: 'd' }])
  })
})
