import type { EventFields, Step } from '../scenario/types.ts'
import { END, end, SOON, replying, type NamedScenario, type ViewEvent } from './named.ts'

const FEED: readonly EventFields[] = Array.from({ length: 10 }, (_, index) => ({
  id: String(index + 1),
  event: 'post',
  data: `post ${index + 1}`,
}))

const feedView = FEED.map(({ event = '', data = '', id = '' }): ViewEvent => [event, data, id])

/** The small servers that people start from; the command serves them too. */
export const classics: readonly NamedScenario[] = [
  replying(
    {
      name: 'ping',
      about:
        'A ping every 500 ms with the unix time as id, so two events share one id. The event name ends in a space: a listener for "ping" hears nothing.',
      source: 'a classic first server; ids are no keys to drop duplicates by',
    },
    [
      {
        steps: [
          {
            type: 'repeat',
            steps: [
              { type: 'text', text: 'event: ping \nid: {unix}\ndata: ping {n}\n\n' },
              { type: 'wait', ms: 500 },
            ],
          },
        ],
      },
    ],
    {
      events: [
        ['ping ', 'ping 1', '*'],
        ['ping ', 'ping 2', '*'],
        ['ping ', 'ping 3', '*'],
      ],
      more: true,
      requests: [null],
      end: 'open',
    },
  ),
  replying(
    {
      name: 'stdin',
      about: 'Lines typed on standard input go to everyone; at its end comes "Connection closed".',
      source: 'a classic first server',
    },
    [
      {
        steps: [
          { type: 'comment', text: 'waiting for lines' },
          { type: 'channel', name: 'stdin' },
          { type: 'event', data: 'Connection closed' },
          { type: 'hang' },
        ],
      },
    ],
    { events: [], requests: [null], end: 'open' },
  ),
  replying(
    {
      name: 'paged-feed',
      about: 'Ten posts in pages of four; each page ends the connection, the last one says event: close.',
      source: 'a classic first server: a client that does not end on close starts over',
    },
    [
      { on: { request: 1 }, steps: page(0) },
      { on: { headers: { 'last-event-id': '4' } }, steps: page(4) },
      { on: { headers: { 'last-event-id': '8' } }, steps: page(8) },
      { steps: [{ type: 'status', status: 204 }] },
    ],
    {
      events: [...feedView, ['close', '', '10']],
      requests: [null, '4', '8', '10'],
      end: 'closed',
      code: 'no-content',
    },
    FEED,
  ),
  replying(
    { name: 'counter', about: 'Counts from 1 to 100, and stays.', source: 'a classic first server' },
    [
      {
        steps: [
          {
            type: 'repeat',
            times: 100,
            steps: [
              { type: 'event', id: '{n}', data: '{n}' },
              { type: 'wait', ms: 1 },
            ],
          },
          ...END,
        ],
      },
    ],
    {
      events: [
        ...Array.from({ length: 100 }, (_, index): ViewEvent => [
          'message',
          String(index + 1),
          String(index + 1),
        ]),
        end('100'),
      ],
      requests: [null],
      end: 'open',
    },
  ),
  replying(
    {
      name: 'retry-10000',
      about: 'retry: 10000, pings, and an end: the client waits at least those 10 s.',
      source: 'a classic first server',
    },
    [
      {
        steps: [
          { type: 'text', text: 'retry: 10000\n\n' },
          {
            type: 'repeat',
            times: 3,
            steps: [
              { type: 'event', event: 'ping', data: '{n}' },
              { type: 'wait', ms: 10 },
            ],
          },
        ],
      },
    ],
    {
      events: [
        ['ping', '1', ''],
        ['ping', '2', ''],
        ['ping', '3', ''],
      ],
      more: true,
      gap: 9990,
      requests: [null],
      end: 'open',
    },
  ),
  replying(
    {
      name: 'broadcast',
      about: 'One message a publish to everyone who listens, each behind a queue of its own.',
      source: 'a classic first server; the consumer count is listeners() of the server',
    },
    [
      {
        steps: [
          { type: 'event', event: 'welcome', data: 'listening' },
          { type: 'channel', name: 'broadcast' },
        ],
      },
    ],
    { events: [['welcome', 'listening', '']], requests: [null], end: 'open' },
  ),
]

function page(from: number): readonly Step[] {
  const posts = FEED.slice(from, from + 4).map(asStep)
  const more = from + 4 < FEED.length
  return [SOON, ...posts, ...(more ? [] : [{ type: 'event', event: 'close', data: '' } as const])]
}

function asStep(fields: EventFields): Step {
  return { type: 'event', ...fields }
}
