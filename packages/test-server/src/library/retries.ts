import { replying, returning, type NamedScenario } from './named.ts'

/** Values of `retry:` that have brought clients down, each after one that is good: 500 stays in force. */
const IGNORED: readonly (readonly [name: string, value: string])[] = [
  ['negative', '-1'],
  ['fraction', '1.5'],
  ['unit', '10ms'],
  ['hex', '0x10'],
  ['exponent', '1e9'],
  ['plus', '+9000'],
  ['inner-space', '90 00'],
  ['other-digits', '٣٠٠٠'],
]

export const retries: readonly NamedScenario[] = [
  ...IGNORED.map(([name, value]) =>
    returning(
      {
        name: `retry-${name}`,
        about: `retry: ${value} is ignored: only ASCII digits count.`,
        source: 'fetch-event-source and launchdarkly-eventsource use parseInt',
      },
      [{ type: 'text', text: `retry: 500\nretry: ${value}\ndata: a\n\n` }],
      [['message', 'a', '']],
      null,
      { gap: 490 },
    ),
  ),
  returning(
    {
      name: 'retry-zero',
      about: 'retry: 0 does not mean a flood: 500 ms is the least.',
      source: 'four of six clients: 48 to 454 requests in 2 s',
    },
    [{ type: 'text', text: 'retry: 0\ndata: a\n\n' }],
    [['message', 'a', '']],
    null,
    { gap: 490 },
  ),
  returning(
    { name: 'retry-at-once', about: 'retry counts without a blank line after it.', source: 'HTML 9.2.6' },
    [{ type: 'text', text: 'data: a\n\nretry: 700\n' }],
    [['message', 'a', '']],
    null,
    { gap: 690 },
  ),
  ...[
    ['huge', '99999999999999999999'],
    ['2-to-31', '2147483648'],
  ].map(([name, value]) =>
    replying(
      {
        name: `retry-${name}`,
        about: `retry: ${value} overflows no timer: the client waits.`,
        source: 'four of six clients: 513 to 624 requests in 2.5 s',
      },
      [{ steps: [{ type: 'text', text: `retry: ${value}\ndata: a\n\n` }] }],
      { events: [['message', 'a', '']], requests: [null], end: 'open' },
    ),
  ),
]
