import type { HeaderFields, Step } from '../scenario/types.ts'
import { END, end, final, reading, returning, SOON, replying, type NamedScenario } from './named.ts'

const event: Step = { type: 'event', data: 'never' }
const headers = (fields: HeaderFields): Step => ({ type: 'headers', headers: fields })

/** Statuses, content types, redirects, Retry-After. */
export const replies: readonly NamedScenario[] = [
  final(
    {
      name: 'status-204',
      about: '204 is how a server ends reconnection.',
      source: 'HTML 9.2.3; fetch-event-source reconnects for ever',
    },
    [{ type: 'status', status: 204 }],
    'no-content',
  ),
  ...[401, 403, 404, 410].map((status) =>
    final(
      {
        name: `status-${status}`,
        about: `${status} ends it, and events in its body are none.`,
        source: 'eventsource-client and fetch-event-source deliver them and retry for ever',
      },
      [{ type: 'status', status }, event],
      'http-status',
    ),
  ),
  ...[201, 206].map((status) =>
    final(
      { name: `status-${status}`, about: 'Only 200 opens.', source: 'HTML 9.2.3' },
      [{ type: 'status', status }, event],
      'http-status',
    ),
  ),
  final(
    { name: 'status-500', about: 'Without statuses to retry, 500 ends it.', source: 'HTML 9.2.3' },
    [{ type: 'status', status: 500 }, event],
    'http-status',
    { options: { retry: { statuses: [] } } },
  ),
  returning(
    {
      name: 'status-500-once',
      about: 'With 500 among the statuses to retry it is one failed attempt.',
      source: 'a server that restarts',
    },
    [{ type: 'status', status: 500 }, event],
    [],
    null,
    { options: { retry: { statuses: [500], initialDelay: 500 } } },
  ),
  returning(
    {
      name: 'retry-after-seconds',
      about: 'Retry-After in seconds is the least wait.',
      source: 'none of six clients honours it',
    },
    [{ type: 'status', status: 503 }, headers({ 'retry-after': '1' })],
    [],
    null,
    { options: { retry: { statuses: [503], initialDelay: 500, jitter: 0 } }, gap: 990 },
  ),
  returning(
    {
      name: 'retry-after-date',
      about: 'Retry-After as an HTTP date, two seconds from now; dates have no parts of a second.',
      source: 'RFC 9110 10.2.3; none of six clients honours it',
    },
    [{ type: 'status', status: 503 }, headers({ 'retry-after': '{date+2}' })],
    [],
    null,
    { options: { retry: { statuses: [503], initialDelay: 500, jitter: 0 } }, gap: 990 },
  ),
  replying(
    {
      name: 'status-401-fresh-token',
      about: 'A 401 for a token that has run out is asked once more with a fresh one.',
      source: 'a token that runs out; NATS stops after the same answer twice',
    },
    [
      { on: { headers: { authorization: 'Bearer fresh' } }, steps: END },
      { steps: [{ type: 'status', status: 401 }, event] },
    ],
    { tokens: ['stale', 'fresh'], events: [end()], requests: [null, null], end: 'open' },
  ),
  replying(
    {
      name: 'status-401-twice',
      about: 'A second 401 in a row is final: another token would not help.',
      source: 'clients that ask again every 1 to 2 s, for ever',
    },
    [{ steps: [{ type: 'status', status: 401 }, event] }],
    {
      tokens: ['stale', 'stale', 'fresh'],
      events: [],
      requests: [null, null],
      end: 'closed',
      code: 'http-status',
    },
  ),
  final(
    {
      name: 'retry-after-too-long',
      about: 'A Retry-After beyond what one waits for is told at once.',
      source: 'openai ignores values over 60 s, anthropic sleeps an hour',
    },
    [{ type: 'status', status: 429 }, headers({ 'retry-after': '86400' })],
    'http-status',
    { options: { retry: { statuses: [429] } } },
  ),
  ...(
    [
      ['missing', { 'content-type': null }],
      ['html', { 'content-type': 'text/html' }],
      ['prefix', { 'content-type': 'text/event-streamx' }],
      ['bogus', { 'content-type': 'x bogus' }],
    ] as const
  ).map(([kind, fields]) =>
    final(
      {
        name: `content-type-${kind}`,
        about: 'Only the essence text/event-stream opens.',
        source: 'fetch-event-source tests by prefix, eventsource-client not at all',
      },
      [headers(fields), event],
      'content-type',
    ),
  ),
  ...(
    [
      ['upper-case', 'TEXT/EVENT-STREAM'],
      ['parameters', 'text/event-stream;charset=UTF-8; boundary="x"'],
    ] as const
  ).map(([kind, value]) =>
    reading(
      {
        name: `content-type-${kind}`,
        about: 'Case and parameters do not matter.',
        source: 'fetch-event-source refuses upper case',
      },
      [headers({ 'content-type': value })],
      [],
    ),
  ),
  ...[301, 302, 303, 307, 308].map((status): NamedScenario =>
    replying(
      {
        name: `redirect-${status}`,
        about: 'Redirects are followed; this one has a relative Location.',
        source: 'launchdarkly-eventsource knows two of five and dies of a relative one',
      },
      [{ on: { request: 1 }, steps: [{ type: 'redirect', to: '?there', status }] }, { steps: END }],
      { events: [end()], requests: [null, null], end: 'open' },
    ),
  ),
  final(
    {
      name: 'redirect-no-location',
      about: 'A redirect to nowhere is a refusal.',
      source: 'HTML 9.2.3',
    },
    [{ type: 'status', status: 307 }, event],
    null,
  ),
  replying(
    {
      name: 'redirect-secrets',
      about: 'Authorization and secret headers do not go to another origin, nor does the last event ID.',
      source: 'CVE-2022-1650; undici #4917; whatwg/fetch #568',
    },
    [
      { on: { request: 1 }, steps: [SOON, { type: 'event', data: 'one', id: '1' }] },
      { on: { request: 2 }, steps: [{ type: 'redirect', to: '{elsewhere}/away', status: 307 }] },
      { steps: END },
    ],
    {
      request: { method: 'GET', headers: { authorization: 'Bearer secret', 'x-api-key': 'secret' } },
      events: [['message', 'one', '1'], end('1')],
      requests: [null, '1', null],
      lastHeaders: { authorization: null, 'x-api-key': null },
      end: 'open',
    },
  ),
  reading(
    {
      name: 'early-hints',
      about: 'An informational reply before the real one changes nothing.',
      source: 'RFC 8297',
    },
    [{ type: 'inform', status: 103, headers: { link: '</style.css>; rel=preload' } }],
    [],
  ),
  reading(
    {
      name: 'gzip-live',
      about: 'Compressed events come as they are written.',
      source: 'nginx #1505, gin #1589: proxies that do not flush',
    },
    [{ type: 'gzip' }, { type: 'event', data: 'a' }, { type: 'wait', ms: 50 }],
    [['message', 'a', '']],
  ),
]
