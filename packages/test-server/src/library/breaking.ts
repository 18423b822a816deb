import type { Step } from '../scenario/types.ts'
import { ALIVE, END, end, returning, SOON, replying, type NamedScenario } from './named.ts'

const text = (value: string): Step => ({ type: 'text', text: value })
const soon = 'retry: 500\n'
const first = 'id: 1\ndata: one\n\n'
const before = soon + first

/** Connections that break: the partial block is dropped, its id is not committed, the next request says the last one. */
export const breaking: readonly NamedScenario[] = [
  returning(
    {
      name: 'reset-mid-event',
      about: 'A reset inside a block: its id is not committed.',
      source: 'fetch-event-source commits the id early and skips the event for ever',
    },
    [text(`${before}id: 2\ndata: lo`), { type: 'wait', ms: 50 }, { type: 'reset' }],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'eof-mid-event',
      about: 'A clean end inside a block: the same.',
      source: 'HTML 9.2.6; end of body',
    },
    [text(`${before}id: 2\ndata: lost\n`)],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'fin-mid-event',
      about: 'The connection closes inside the chunked encoding.',
      source: 'undici: TypeError terminated, UND_ERR_SOCKET',
    },
    [text(`${before}id: 2\ndata: lo`), { type: 'wait', ms: 20 }, { type: 'fin' }],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'eof-mid-utf8',
      about: 'A character that was cut does not leak into the next connection.',
      source: 'HTML 9.2.3: each response has a decoder and lines of its own',
    },
    [text(`${before}data: 水`), { type: 'cut', at: before.length + 8, by: 'end' }],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'eof-after-cr',
      about: 'An event that ends in CR CR is dispatched at the end of the body.',
      source: 'eventsource-parser 3.x loses it',
    },
    [text(`${soon}id: 1\rdata: one\r\r`)],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'reset-before-headers',
      about: 'A reset before any reply is a failure to try again after.',
      source: 'HTML 9.2.3',
    },
    [{ type: 'reset' }],
    [],
    null,
  ),
  returning(
    {
      name: 'bad-framing',
      about: 'A chunk size that is none breaks the body; events before it count.',
      source: 'RFC 9112 7.1',
    },
    [
      text(before),
      { type: 'wait', ms: 20 },
      { type: 'raw', text: 'zz\r\n' },
      { type: 'wait', ms: 20 },
      { type: 'fin' },
    ],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'bad-status-line',
      about: 'A reply that is no HTTP is a network error.',
      source: 'RFC 9112 4',
    },
    [{ type: 'raw', text: 'banana\r\n\r\n' }, { type: 'fin' }],
    [],
    null,
  ),
  returning(
    {
      name: 'content-length-too-long',
      about: 'A body shorter than it said is broken, not ended.',
      source: 'RFC 9112 6.3',
    },
    [
      { type: 'headers', headers: { 'content-length': '1000' } },
      text(before),
      { type: 'wait', ms: 20 },
      { type: 'fin' },
    ],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'gzip-truncated',
      about: 'A gzip body without its end: events before the cut count.',
      source: 'a proxy that compresses goes down',
    },
    [{ type: 'gzip' }, text(before), { type: 'wait', ms: 20 }, { type: 'fin' }],
    [['message', 'one', '1']],
    '1',
  ),
  returning(
    {
      name: 'headers-never',
      about: 'A reply that never begins: the headers timeout ends the wait.',
      source: 'browsers have no limit, Node has 300 s',
    },
    [{ type: 'hang' }],
    [],
    null,
    { options: { timeouts: { headers: 500 } } },
  ),
  returning(
    {
      name: 'headers-slow',
      about: 'Headers a byte at a time: the headers timeout is for all of them.',
      source: 'the attack called Slowloris',
    },
    [
      { type: 'raw', text: 'HTTP/1.1 200 OK\r\n' },
      {
        type: 'repeat',
        times: 100,
        steps: [
          { type: 'wait', ms: 50 },
          { type: 'raw', text: 'x' },
        ],
      },
      { type: 'fin' },
    ],
    [],
    null,
    { options: { timeouts: { headers: 500 } } },
  ),
  returning(
    {
      name: 'half-open',
      about: 'A connection that says nothing more: the idle timeout ends it.',
      source: 'typescript-sdk #270, #2541; Node ends the body after 300 s',
    },
    [text(before), { type: 'hang' }],
    [['message', 'one', '1']],
    '1',
    { options: { timeouts: { idle: 1000 } } },
  ),
  replying(
    {
      name: 'idle-keepalive',
      about: 'Comments keep an idle timeout away.',
      source: 'HTML 9.2.7: a comment every 15 s',
    },
    [
      {
        steps: [
          {
            type: 'repeat',
            times: 15,
            steps: [
              { type: 'comment', text: '' },
              { type: 'wait', ms: 100 },
            ],
          },
          ...ALIVE,
        ],
      },
    ],
    { events: [end()], requests: [null], end: 'open', options: { timeouts: { idle: 1000 } } },
  ),
  replying(
    {
      name: 'end-at-once',
      about: 'A server that accepts and ends at once is not asked again without a pause.',
      source: 'clients that ask again at once become a flood',
    },
    [{ on: { request: 1 }, steps: [SOON] }, { on: { request: 2 }, steps: [SOON] }, { steps: [...END] }],
    { events: [end()], requests: [null, null, null], gap: 490, end: 'open' },
  ),
  returning(
    {
      name: 'bom-after-reconnect',
      about: 'The first U+FEFF of each body is dropped, and nothing of the body before is left.',
      source: 'HTML 9.2.3; 9.2.6',
    },
    [text(`\uFEFF${before}event: left\ndata: over\n`)],
    [['message', 'one', '1']],
    '1',
  ),
]
