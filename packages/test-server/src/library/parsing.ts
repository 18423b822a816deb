import { toBase64 } from '../scenario/bytes.ts'
import type { Step } from '../scenario/types.ts'
import { reading, type NamedScenario, type ViewEvent } from './named.ts'

const text = (value: string): Step => ({ type: 'text', text: value })
const bytes = (...values: number[]): Step => ({ type: 'bytes', base64: toBase64(Uint8Array.from(values)) })
const message = (data: string, id = ''): ViewEvent => ['message', data, id]

/** Lines, fields and characters: what a stream may look like, and what comes out. */
export const parsing: readonly NamedScenario[] = [
  reading(
    { name: 'line-ends', about: 'LF, CR and CRLF end a line, mixed in one stream.', source: 'HTML 9.2.5' },
    [text('data: lf\n\ndata: cr\r\rdata: crlf\r\n\r\ndata: a\rdata: b\ndata: c\r\n\n')],
    [message('lf'), message('cr'), message('crlf'), message('a\nb\nc')],
  ),
  reading(
    {
      name: 'crlf-cut',
      about: 'CRLF is one line end also when a chunk ends between CR and LF.',
      source: 'HTML 9.2.5',
    },
    [
      text('data: a\r'),
      { type: 'wait', ms: 20 },
      text('\ndata: b\r\n\r'),
      { type: 'wait', ms: 20 },
      text('\n'),
    ],
    [message('a\nb')],
  ),
  reading(
    {
      name: 'cr-no-wait',
      about: 'A CR ends a line at once: the event comes though nothing follows it.',
      source: 'eventsource-parser 3.x kept the last CR',
    },
    [text('data: now\r\r'), { type: 'wait', ms: 100 }],
    [message('now')],
  ),
  reading(
    { name: 'byte-by-byte', about: 'Any chunking gives the same events.', source: 'HTML 9.2.6' },
    [
      { type: 'chunks', sizes: [1], every: 1 },
      text('\uFEFFid: 1\r\nevent: größe\r\ndata: 水车 🌊\r\ndata\r\n\r\n'),
    ],
    [['größe', '水车 🌊\n', '1']],
  ),
  reading(
    { name: 'bom', about: 'One U+FEFF at the start is dropped.', source: 'HTML 9.2.5' },
    [text('\uFEFFdata: a\n\n')],
    [message('a')],
  ),
  reading(
    {
      name: 'bom-twice',
      about: 'A second U+FEFF is content, so the line has an unknown field; later ones too.',
      source: 'WPT format-bom-2; eventsource 5.1.5 fails it',
    },
    [text('\uFEFF\uFEFFdata: a\n\ndata: b\n\n\uFEFFdata: c\n\n')],
    [message('b')],
  ),
  reading(
    {
      name: 'utf8-ill-formed',
      about: 'Bytes that are no UTF-8 become U+FFFD and end nothing.',
      source: 'HTML 9.2.5',
    },
    [text('data: '), bytes(0xff, 0xe2, 0x82, 0x41, 0xf0, 0x9f), text('\n\n')],
    [message('\uFFFD\uFFFDA\uFFFD')],
  ),
  reading(
    {
      name: 'charset-ignored',
      about: 'A charset parameter changes nothing: the stream is UTF-8.',
      source: 'HTML 9.2.5; Chromium closes instead',
    },
    [
      { type: 'headers', headers: { 'content-type': 'text/event-stream; charset=windows-1252' } },
      text('data: …\n\n'),
    ],
    [message('…')],
  ),
  reading(
    {
      name: 'one-space',
      about: 'One U+0020 after the colon is dropped, nothing else.',
      source: 'HTML 9.2.6',
    },
    [text('data:  two\n\ndata:\ttab\n\ndata:none\n\ndata: end \n\ndata:a:b\n\n')],
    [message(' two'), message('\ttab'), message('none'), message('end '), message('a:b')],
  ),
  reading(
    {
      name: 'empty-data',
      about: 'An empty data line is an event with empty data; no data line is no event.',
      source: 'HTML 9.2.6',
    },
    [text('data\n\ndata:\ndata:\n\nevent: x\n\nid\n\n:\n\n\n\ndata: a\n\n')],
    [message(''), message('\n'), message('a')],
  ),
  reading(
    {
      name: 'unknown-fields',
      about: 'Field names are exact; others are ignored, and so are lines without a name.',
      source: 'HTML 9.2.6',
    },
    [text('Data: a\n data: b\ndata : c\ndata\0: d\nfoo: e\n: f\ndata: g\n\n')],
    [message('g')],
  ),
  reading(
    {
      name: 'comments',
      about: 'Comments are silence, also between the lines of an event.',
      source: 'HTML 9.2.6',
    },
    [text(':\n\n: keep\n:data: no\ndata: a\n:\ndata: b\n\n')],
    [message('a\nb')],
  ),
  reading(
    { name: 'nul-in-data', about: 'U+0000 in data is kept.', source: 'WPT format-null-character' },
    [text('data: a\0b\n\n')],
    [message('a\0b')],
  ),
  reading(
    {
      name: 'other-line-separators',
      about: 'U+0085, U+2028, U+2029, VT and FF end no line.',
      source: 'HTML 9.2.5',
    },
    [text('data: a\u0085b\u2028c\u2029d\u000be\u000cf\n\n')],
    [message('a\u0085b\u2028c\u2029d\u000be\u000cf')],
  ),
  reading(
    {
      name: 'event-names-of-objects',
      about: 'Event names that are members of every object are names like others.',
      source: 'clients that keep listeners in a plain object',
    },
    [text('event: __proto__\ndata: a\n\nevent: a\nevent: constructor\ndata: b\n\nevent:\ndata: c\n\n')],
    [['__proto__', 'a', ''], ['constructor', 'b', ''], message('c')],
  ),
  reading(
    {
      name: 'event-named-error',
      about: 'A server event named error or open is an event; it is no failure and kills no process.',
      source: 'launchdarkly-eventsource: an EventEmitter without a listener ends the process',
    },
    [text('event: error\ndata: a\n\nevent: open\ndata: b\n\n')],
    [
      ['error', 'a', ''],
      ['open', 'b', ''],
    ],
  ),
  reading(
    {
      name: 'many-data-lines',
      about: '100,000 data lines in one event take linear time.',
      source: 'eventsource-parser #28',
    },
    [{ type: 'repeat', times: 1000, steps: [text('data:\n'.repeat(100))] }, text('\n')],
    [message('\n'.repeat(99_999))],
  ),
  reading(
    {
      name: 'tiny-lines',
      about: '500,000 comment lines take linear time.',
      source: 'launchdarkly-eventsource copies its buffer for each',
    },
    [{ type: 'repeat', times: 500, steps: [text(':\n'.repeat(1000))] }],
    [],
  ),
  reading(
    {
      name: 'long-line-small-chunks',
      about: 'A line of 1 MiB in chunks of 1 KiB takes linear time.',
      source: 'measured: quadratic in decoders that scan their buffer again',
    },
    [text('data: '), { type: 'chunks', sizes: [1024] }, { type: 'fill', size: 1_048_576 }, text('\n\n')],
    [message('x'.repeat(1_048_576))],
  ),
  reading(
    { name: 'slow-drip', about: 'A few bytes at a time, with pauses.', source: 'HTML 9.2.6' },
    [{ type: 'chunks', sizes: [3], every: 5 }, text('id: 1\nevent: tick\ndata: drip drop\n\n')],
    [['tick', 'drip drop', '1']],
  ),
]
