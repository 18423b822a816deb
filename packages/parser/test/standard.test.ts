/** The standard, line by line: its part on parsing an event stream, and on interpreting one. */
import { describe, expect, test } from 'vitest'
import { createParser } from '@millrace/parser'
import { callsFor } from './record.ts'
import type { Call } from './reference.ts'

const utf8 = new TextEncoder()
function bytesOf(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(utf8.encode(part)) : part)),
  )
}

const bom = [0xef, 0xbb, 0xbf]

/** What these bytes give; whole and byte by byte must be the same. */
function read(...parts: (string | number[])[]): Call[] {
  const bytes = bytesOf(...parts)
  const whole = callsFor([bytes])
  expect(callsFor(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole)
  return whole
}

function dataOf(...parts: (string | number[])[]): string[] {
  return read(...parts).flatMap((call) => (call.type === 'event' ? [call.data] : []))
}

function eventsOf(...parts: string[]): { event: string | undefined; data: string }[] {
  return read(...parts).flatMap((call) =>
    call.type === 'event' ? [{ event: call.event, data: call.data }] : [],
  )
}

function retriesOf(value: string): number[] {
  return read(`${value}\n`).flatMap((call) => (call.type === 'retry' ? [call.retry] : []))
}

describe('decoding the byte stream', () => {
  test('bytes are always UTF-8', () => {
    expect(dataOf('data:', [0xe2, 0x80, 0xa6], '\n\n')).toEqual(['…'])
  })

  test.each([
    ['a continuation byte alone', [0x80], '\uFFFD'],
    ['a sequence cut by ASCII', [0xe2, 0x82], '\uFFFD'],
    ['an overlong form', [0xc0, 0xaf], '\uFFFD\uFFFD'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\uFFFD\uFFFD\uFFFD\uFFFD'],
    ['a byte that never occurs', [0xff], '\uFFFD'],
    ['a lead byte after a cut sequence', [0xf0, 0x9f, 0xc3, 0xa9], '\uFFFDé'],
  ])('ill-formed UTF-8 becomes U+FFFD by maximal subparts: %s', (_name, bytes, data) => {
    expect(dataOf('data:', bytes, '\n\n')).toEqual([data])
  })

  test.each(['é', '水', '🏞'])(
    '%s cut at any byte over any number of chunks decodes as if unsplit',
    (text) => {
      const bytes = bytesOf(`data:${text}a\n\n`)
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          const chunks = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)]
          expect(callsFor(chunks)).toEqual([
            { type: 'event', event: undefined, id: undefined, data: `${text}a` },
          ])
        }
      }
    },
  )

  test('a sequence left incomplete at the end of the body gives nothing', () => {
    expect(read('data: a\n\ndata: ', [0xf0, 0x9f])).toEqual(read('data: a\n\n'))
  })

  test('exactly one leading U+FEFF is dropped', () => {
    expect(dataOf(bom, 'data: a\n\n')).toEqual(['a'])
  })

  test('the byte order mark may come in one, two or three chunks, with empty ones between', () => {
    const rest = bytesOf('data: a\n\n')
    for (const cuts of [
      [bom],
      [[0xef], [0xbb, 0xbf]],
      [[0xef, 0xbb], [0xbf]],
      [[0xef], [], [0xbb], [], [0xbf]],
    ]) {
      expect(callsFor([...cuts.map((bytes) => Uint8Array.from(bytes)), rest])).toHaveLength(1)
    }
  })

  test('a second U+FEFF right after the first is content', () => {
    expect(dataOf(bom, bom, 'data: 1\n\ndata: 2\n\n')).toEqual(['2'])
  })

  test('U+FEFF at the start of a later line is content', () => {
    expect(dataOf('data: 1\n\n', bom, 'data: 2\n\ndata: 3\n\n')).toEqual(['1', '3'])
  })

  test('after reset() the first byte order mark of the new body is dropped again', () => {
    const data: string[] = []
    const parser = createParser({ onEvent: (event) => data.push(event.data) })
    for (let body = 0; body < 2; body++) {
      parser.feed(bytesOf(bom, 'data: a\n\n'))
      parser.reset()
    }
    expect(data).toEqual(['a', 'a'])
  })

  test('an empty body and one with a byte order mark only give nothing', () => {
    expect(read()).toEqual([])
    expect(read(bom)).toEqual([])
  })
})

describe('lines', () => {
  test('LF, CR and CRLF end lines, mixed in one stream', () => {
    expect(dataOf('data:a\ndata:b\rdata:c\r\ndata:d\n\r\n')).toEqual(['a\nb\nc\nd'])
  })

  test('CRLF is one line end, also cut between CR and LF, with empty chunks between', () => {
    const chunks = ['data:a\r', '', '\n', '', 'data:b\r', '', '\n\r', '\n'].map((text) => bytesOf(text))
    expect(callsFor(chunks)).toEqual(read('data:a\r\ndata:b\r\n\r\n'))
    expect(callsFor(chunks)).toHaveLength(1)
  })

  test('a lone CR ends the line at once: \\r\\r dispatches without the next byte', () => {
    const calls: string[] = []
    const parser = createParser({
      onEvent: ({ data }) => calls.push(data),
      onComment: (text) => calls.push(text),
    })
    parser.feed(bytesOf(':now\r'))
    expect(calls).toEqual(['now'])
    parser.feed(bytesOf('data:a\r\r'))
    expect(calls).toEqual(['now', 'a'])
    parser.feed(bytesOf('\ndata:b\r'))
    parser.feed(bytesOf('\r'))
    expect(calls).toEqual(['now', 'a', 'b'])
  })

  test('after a CR at the end of a chunk another byte than LF starts a new line', () => {
    expect(callsFor([bytesOf('data:a\r'), bytesOf('data:b\r\r')])).toEqual(read('data:a\ndata:b\n\n'))
  })

  test.each(['\r\n\r\n', '\n\n', '\r\r', '\r\n\r', '\n\r\n', '\n\r'])('%j holds one blank line', (ends) => {
    expect(dataOf(`data:a${ends}data:b`)).toEqual(['a'])
    expect(dataOf(`data:a${ends}data:b${ends}`)).toEqual(['a', 'b'])
  })

  test.each(['\u0085', '\u2028', '\u2029', '\v', '\f', '\0'])(
    '%j is content, not a line end',
    (character) => {
      expect(dataOf(`data:a${character}b\n\n`)).toEqual([`a${character}b`])
    },
  )

  test('a line may be long, and span chunks at any cut', () => {
    const long = 'x'.repeat(200_000)
    const bytes = bytesOf(`data:${long}\n\n`)
    const pieces = Array.from({ length: 2001 }, (_, i) => bytes.slice(i * 100, (i + 1) * 100))
    expect(callsFor(pieces)).toEqual(callsFor([bytes]))
    expect(callsFor([bytes])).toEqual([{ type: 'event', event: undefined, id: undefined, data: long }])
  })

  test('the last line without a line end is never processed', () => {
    expect(read('data: a\n\ndata: x')).toEqual(read('data: a\n\n'))
    expect(read('retry: 5')).toEqual([])
    expect(read(': note')).toEqual([])
  })
})

describe('fields', () => {
  test('a line that starts with a colon is a comment, also a bare one', () => {
    expect(read(':\n:data: x\n: y\n\n')).toEqual(
      ['', 'data: x', 'y'].map((comment) => ({ type: 'comment', comment })),
    )
  })

  test('the name ends at the first colon, further ones are kept', () => {
    expect(dataOf('data:a:b: c\n\n')).toEqual(['a:b: c'])
  })

  test('exactly one leading space of the value is removed', () => {
    expect(dataOf('data:  x\n\n')).toEqual([' x'])
    expect(eventsOf('event:  x\ndata\n\n')).toEqual([{ event: ' x', data: '' }])
    expect(read('id:  x\n\n')).toEqual([{ type: 'id', id: ' x' }])
    expect(read(':  x\n')).toEqual([{ type: 'comment', comment: ' x' }])
  })

  test.each(['\t', '\u00A0', '\u3000'])('%j is not removed', (space) => {
    expect(dataOf(`data:${space}x\n\n`)).toEqual([`${space}x`])
  })

  test('trailing spaces stay', () => {
    expect(dataOf('data: x  \n\n')).toEqual(['x  '])
  })

  test('a value of one space is empty', () => {
    expect(dataOf('data: \n\n')).toEqual([''])
    expect(read('id: \n\n')).toEqual([{ type: 'id', id: '' }])
  })

  test('a line without colon is a name with an empty value', () => {
    expect(dataOf('data:a\ndata\n\n')).toEqual(['a\n'])
    expect(read('id: 1\nid\n\n')).toEqual([{ type: 'id', id: '' }])
    expect(eventsOf('event: x\nevent\ndata: a\n\n')).toEqual([{ event: undefined, data: 'a' }])
  })

  test.each(['Data', ' data', 'data ', 'da-ta', 'data\0', 'dat', 'datab', 'dbta', 'daata'])(
    '%j is not data: names match exactly',
    (name) => {
      expect(read(`${name}: x\n${name}\n\n`)).toEqual([])
    },
  )

  test.each([
    'evnt',
    'eventx',
    'EVENT',
    'event ',
    'ewent',
    'ivent',
    'i',
    'idx',
    'ie',
    'ID',
    'retr',
    'retryx',
    'rotry',
  ])('%j is unknown', (name) => {
    expect(read(`${name}: 5\n${name}\ndata: a\n\n`)).toEqual(read('data: a\n\n'))
  })

  test('unknown fields leave the buffers as they are', () => {
    expect(read('event: e\nfoo: x\nid: 1\nbar\ndata: a\nbaz:\n\n')).toEqual(
      read('event: e\nid: 1\ndata: a\n\n'),
    )
  })

  test('event is set, not appended; the last one wins, an empty one means message', () => {
    expect(eventsOf('event: a\nevent: b\ndata\n\n')).toEqual([{ event: 'b', data: '' }])
    expect(eventsOf('event: a\nevent:\ndata\n\n')).toEqual([{ event: undefined, data: '' }])
  })

  test('each data line is appended with an LF', () => {
    expect(dataOf('data:a\ndata:b\ndata:c\n\n')).toEqual(['a\nb\nc'])
  })

  test('data keeps U+0000', () => {
    expect(dataOf('data:\0\n\n')).toEqual(['\0'])
  })

  test('an id with U+0000 is ignored whole', () => {
    expect(read('id: 1\nid: 2\0\n\n')).toEqual([{ type: 'id', id: '1' }])
    expect(read('id: \0\n\n')).toEqual([])
  })

  test.each(['id:', 'id: ', 'id'])('%j sets the last event ID to the empty string', (line) => {
    expect(read(`${line}\n\n`)).toEqual([{ type: 'id', id: '' }])
  })

  test('retry of ASCII digits is read in base ten, at once', () => {
    expect(retriesOf('retry: 03000')).toEqual([3000])
    expect(retriesOf('retry:0')).toEqual([0])
    expect(retriesOf('retry:9876543210')).toEqual([9_876_543_210])
  })

  test.each(['-1', '+1', '1.5', '1e3', '0x10', '1 ', ' 1', '1 0', '١٢', 'x', '1x'])(
    'retry of %j is ignored',
    (value) => {
      expect(retriesOf(`retry: ${value}`)).toEqual([])
    },
  )

  test.each(['retry', 'retry:', 'retry: '])('%j is ignored', (line) => {
    expect(retriesOf(line)).toEqual([])
  })
})

describe('dispatch on a blank line', () => {
  test('the id counts at every blank line, also without data', () => {
    expect(read('id: 7\n\n')).toEqual([{ type: 'id', id: '7' }])
  })

  test('without data nothing is dispatched, and the type does not leak into the next event', () => {
    expect(eventsOf('event: x\n\ndata: a\n\n')).toEqual([{ event: undefined, data: 'a' }])
  })

  test('one trailing LF is removed, one only; an empty data line makes an event', () => {
    expect(dataOf('data\n\n', 'data\ndata\n\n', 'data:\n\n', 'data:a\ndata:\n\n')).toEqual([
      '',
      '\n',
      '',
      'a\n',
    ])
  })

  test('data, type and id of one block are not those of the next', () => {
    expect(read('event: e\nid: 1\ndata: a\n\ndata: b\n\n').slice(1)).toEqual([
      { type: 'event', event: 'e', id: '1', data: 'a' },
      { type: 'event', event: undefined, id: undefined, data: 'b' },
    ])
  })

  test('a block without its blank line is discarded, and its id with it', () => {
    expect(read('id: 1\n\nid: 2\ndata: a\n')).toEqual([{ type: 'id', id: '1' }])
  })

  test('after reset() the buffers start empty', () => {
    const calls: string[] = []
    const parser = createParser({
      onEvent: ({ event, id, data }) => calls.push(`${event} ${id} ${data}`),
      onId: (id) => calls.push(id),
    })
    parser.feed('event: e\nid: 1\ndata: a\ndata: unfin')
    parser.reset()
    parser.feed('data: b\n\n')
    expect(calls).toEqual(['undefined undefined b'])
  })

  test('the order of id and data within a block does not matter', () => {
    expect(read('data: a\nid: 1\n\n')).toEqual(read('id: 1\ndata: a\n\n'))
  })

  test('repeated blank lines dispatch nothing more', () => {
    expect(dataOf('\n\n\ndata: a\n\n\r\n\r\n\r\r\ndata: b\n\n\n')).toEqual(['a', 'b'])
  })
})

describe('what servers send', () => {
  test('a comment to keep the connection alive is no event', () => {
    expect(read(':\n\n: keep-alive\n\n').every((call) => call.type === 'comment')).toBe(true)
  })

  test('an event is told as soon as its blank line is there, not at the end of a chunk or the body', () => {
    const seen: string[] = []
    const parser = createParser({ onEvent: ({ data }) => seen.push(data) })
    parser.feed('data: a\n\nda')
    expect(seen).toEqual(['a'])
    parser.feed('ta: b\n')
    parser.feed('\ndata: c')
    expect(seen).toEqual(['a', 'b'])
  })
})
