import { describe, expect, test } from 'vitest'
import { ParseError, createParser } from '@millrace/parser'
import type { Chunk, ParserConfig } from '@millrace/parser'

const utf8 = new TextEncoder()

/** What a parser gives: the lengths of its events' data, and the options whose limit was passed. */
function outcome(chunks: Iterable<Chunk>, config: ParserConfig): { events: number[]; passed: string[] } {
  const events: number[] = []
  const passed: string[] = []
  const parser = createParser({
    onEvent: ({ data }) => events.push(data.length),
    onError: ({ option }) => option !== undefined && passed.push(option),
    ...config,
  })
  for (const chunk of chunks) if (passed.length === 0) parser.feed(chunk)
  return { events, passed }
}

function* pieces(text: string, length: number): Iterable<Uint8Array> {
  const bytes = utf8.encode(text)
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

describe('maxBufferSize', () => {
  test.each(['a', 'é', '水', '🏞'])('counts bytes of UTF-8: so many of %s', (character) => {
    const size = utf8.encode(character).length
    const maxBufferSize = 300 * size
    const body = (count: number): Uint8Array[] => [utf8.encode(`data:${character.repeat(count)}\n\n`)]
    expect(outcome(body(300), { maxBufferSize }).passed).toEqual([])
    expect(outcome(body(301), { maxBufferSize }).passed).toEqual(['maxBufferSize'])
  })

  test('counts lines: each after the first adds its line end', () => {
    const config = { maxBufferSize: 99 }
    expect(outcome([`${'data\n'.repeat(100)}\n`], config)).toEqual({ events: [99], passed: [] })
    expect(outcome([`${'data\n'.repeat(101)}\n`], config)).toEqual({ events: [], passed: ['maxBufferSize'] })
    expect(outcome(pieces(`${'data:\n'.repeat(101)}\n`, 7), config).passed).toEqual(['maxBufferSize'])
  })

  test.each([1, 2, 7, 64])(
    'finds an event that is too long in chunks of %i bytes, and no other',
    (length) => {
      const config = { maxBufferSize: 1000 }
      const event = (size: number): string =>
        `data: ${'水é'.repeat(size / 10)}\ndata: ${'水é'.repeat(size / 10)}\n\n`
      expect(outcome(pieces(event(960).repeat(3), length), config)).toEqual({
        events: [385, 385, 385],
        passed: [],
      })
      expect(outcome(pieces(event(960) + event(1010), length), config)).toEqual({
        events: [385],
        passed: ['maxBufferSize'],
      })
    },
  )

  test.each(['a', 'é', '水', '🏞'])('counts the end of a line that chunks cut, made of %s', (character) => {
    const most = 300 / utf8.encode(character).length
    for (const asText of [true, false]) {
      const body = (count: number): Chunk[] =>
        ['data:', `${character.repeat(count)}\n`, '\n'].map((text) => (asText ? text : utf8.encode(text)))
      expect(outcome(body(most), { maxBufferSize: 300 }).passed).toEqual([])
      expect(outcome(body(most + 1), { maxBufferSize: 300 }).passed).toEqual(['maxBufferSize'])
    }
  })

  test('bounds the unfinished line, whatever field it is', () => {
    for (const name of ['data', 'id', 'event', 'retry']) {
      expect(outcome([`${name}: ${'1'.repeat(100)}`], { maxBufferSize: 50 }).passed).toEqual([
        'maxBufferSize',
      ])
    }
  })

  test('does not count what is ignored', () => {
    const text = `${': note\nunknown: field\n'.repeat(100)}: ${'x'.repeat(500)}`
    expect(outcome(pieces(`${text}\ndata: a\n\n`, 16), { maxBufferSize: 50 })).toEqual({
      events: [1],
      passed: [],
    })
  })
})

describe('maxFieldSize', () => {
  const config = { maxFieldSize: 300, onComment: () => {} }

  test.each(['id', 'event', ''])('bounds the field %j in bytes, in any chunks', (name) => {
    for (const character of ['a', 'é', '水']) {
      const most = 300 / utf8.encode(character).length
      for (const length of [1, 3, 10_000]) {
        const body = (count: number): Iterable<Chunk> =>
          pieces(`${name}: ${character.repeat(count)}\n\n`, length)
        expect(outcome(body(most), config).passed).toEqual([])
        expect(outcome(body(most + 1), config).passed).toEqual(['maxFieldSize'])
      }
    }
  })

  test('bounds a field whose line never ends', () => {
    for (const name of ['id', 'event', 'retry', '']) {
      expect(outcome(pieces(`${name}: ${'1'.repeat(400)}`, 16), config).passed).toEqual(['maxFieldSize'])
    }
  })

  test('leaves data alone, and comments that nobody reads', () => {
    const text = `data: ${'x'.repeat(500)}\n:${'x'.repeat(500)}\n\n`
    const lines = text.split(/(?<=\n)/)
    for (const chunks of [pieces(text, 16), [text], lines, lines.map((line) => utf8.encode(line))]) {
      expect(outcome(chunks, { maxFieldSize: 300 })).toEqual({ events: [500], passed: [] })
    }
  })

  test('is 64 KiB unless it is set', () => {
    expect(outcome([`id: ${'x'.repeat(65_536)}\n`], {}).passed).toEqual([])
    expect(outcome([`id: ${'x'.repeat(65_537)}\n`], {}).passed).toEqual(['maxFieldSize'])
  })
})

describe('after a limit was passed', () => {
  test('nothing more of the chunk is read, and feed() throws the same error until reset()', () => {
    const errors: ParseError[] = []
    const events: string[] = []
    const parser = createParser({
      maxBufferSize: 8,
      onError: (error) => errors.push(error),
      onEvent: ({ data }) => events.push(data),
    })
    parser.feed('data: a\n\ndata: much too long\n\ndata: b\n\n')
    expect(events).toEqual(['a'])
    expect(errors).toHaveLength(1)
    expect(errors[0]).toBeInstanceOf(ParseError)
    expect(errors[0]).toMatchObject({
      name: 'ParseError',
      type: 'max-buffer-size-exceeded',
      option: 'maxBufferSize',
    })
    expect(errors[0]?.message).toBe('Exceeded max buffer size: 8 bytes')

    expect(() => parser.feed('data: c\n\n')).toThrow(ParseError)
    expect(() => parser.feed(utf8.encode('data: c\n\n'))).toThrow('max buffer size')
    expect(parser.pending).toBe(0)

    parser.reset()
    parser.feed('data: d\n\n')
    expect(events).toEqual(['a', 'd'])
    expect(errors).toHaveLength(1)
  })

  test('the chunk that passed it does not throw, wherever the limit is passed in it', () => {
    const [head, tail] = [utf8.encode('data:🏞').subarray(0, 6), utf8.encode('🏞\n\n').subarray(1)]
    const { events, passed } = outcome([head, tail], { maxBufferSize: 3 })
    expect({ events, passed }).toEqual({ events: [], passed: ['maxBufferSize'] })
  })

  test('even an empty chunk is refused', () => {
    const parser = createParser({ maxBufferSize: 4 })
    parser.feed('data: much too long')
    expect(() => parser.feed(new Uint8Array())).toThrow(ParseError)
    expect(() => parser.feed('')).toThrow(ParseError)
  })

  test('reset({ consume: true }) throws nothing and starts anew', () => {
    const parser = createParser({ maxBufferSize: 8 })
    parser.feed('data: much too long')
    parser.reset({ consume: true })
    expect(() => parser.feed('data: a\n\n')).not.toThrow()
  })

  test('the error of a field names maxFieldSize', () => {
    const errors: ParseError[] = []
    const parser = createParser({ maxFieldSize: 3, onError: (error) => errors.push(error) })
    parser.feed('event: long\n')
    expect(errors[0]).toMatchObject({ type: 'max-field-size-exceeded', option: 'maxFieldSize' })
    expect(() => parser.feed('')).toThrow('Exceeded max field size: 3 bytes')
  })
})
