import { describe, expect, test } from 'vitest'
import { encode } from '@millrace/parser/encode'

describe('encode()', () => {
  test('writes comment, retry, id, event and data in this order and ends with a blank line', () => {
    expect(encode({ data: 'a', event: 'tick', id: '7', retry: 50, comment: 'note' })).toBe(
      ': note\nretry: 50\nid: 7\nevent: tick\ndata: a\n\n',
    )
  })

  test('writes one data line for each line of data, also for empty ones', () => {
    expect(encode({ data: 'a\n\nb\n' })).toBe('data: a\ndata: \ndata: b\ndata: \n\n')
    expect(encode({ data: '' })).toBe('data: \n\n')
  })

  test('keeps a space that opens a value', () => {
    expect(encode({ event: ' x', data: ' y' })).toBe('event:  x\ndata:  y\n\n')
  })

  test('writes an empty id, which resets the last event ID', () => {
    expect(encode({ id: '' })).toBe('id: \n\n')
  })

  test.each([
    ['a line end in the id', { id: 'a\nb' }],
    ['a CR in the id', { id: 'a\rb' }],
    ['U+0000 in the id', { id: 'a\0b' }],
    ['a line end in the event name', { event: 'a\ndata: b', data: '' }],
    ['a CR in the event name', { event: 'a\rb', data: '' }],
    ['an empty event name', { event: '', data: '' }],
    ['an event name without data', { event: 'a' }],
    ['a line end in the comment', { comment: 'a\nb' }],
    ['a CR in the comment', { comment: 'a\rb' }],
    ['a CR in the data', { data: 'a\rb' }],
    ['a lone surrogate', { data: '\uD800' }],
    ['nothing', {}],
  ])('throws a TypeError for %s', (_name, event) => {
    expect(() => encode(event)).toThrow(TypeError)
  })

  test.each([
    [
      { data: 'a\rb' },
      '`data` cannot be encoded: it must be a string without CR (lines are separated by LF) or lone surrogates.',
    ],
    [
      { id: 'a\nb' },
      '`id` cannot be encoded: it must be a string without line ends, U+0000 or lone surrogates.',
    ],
    [
      { event: '', data: '' },
      '`event` cannot be encoded: it must be a non-empty string without line ends or lone surrogates.',
    ],
    [
      { comment: '\n' },
      '`comment` cannot be encoded: it must be a string without line ends or lone surrogates.',
    ],
    [
      { event: 'a' },
      'An `event` name without `data` is never dispatched: give `data`, if only an empty string.',
    ],
    [{ retry: -1 }, '`retry` must be a whole number of milliseconds from 0.'],
    [{}, 'encode() needs a comment, retry, id or data.'],
  ])('says of %j what to give instead', (event, message) => {
    expect(() => encode(event)).toThrow(expect.objectContaining({ message }))
  })

  test('writes a retry of 0', () => {
    expect(encode({ retry: 0 })).toBe('retry: 0\n\n')
  })

  test('refuses a number where text belongs', () => {
    const id: unknown = 7
    expect(() => encode({ id: id as string })).toThrow(TypeError)
  })

  test.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])('throws a RangeError for a retry of %s', (retry) => {
    expect(() => encode({ retry })).toThrow(RangeError)
  })

  test('refuses values of another type, which could carry a line end past the checks', () => {
    const retry: unknown = '1\ndata: injected'
    expect(() => encode({ retry: retry as number })).toThrow(RangeError)
    const id: unknown = { toString: () => 'a\ndata: injected' }
    expect(() => encode({ id: id as string })).toThrow(TypeError)
  })
})
