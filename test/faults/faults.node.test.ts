import { library, type Exchange, type View } from '@millrace/test-server'
import { expect, test } from 'vitest'
import type { Session } from './client.ts'
import { differences } from './judge.ts'
import { ourClients } from './our-clients.ts'
import { runAll } from './run-all.ts'

test(
  'both clients see every named scenario as they should, in virtual time',
  { timeout: 60_000 },
  async () => {
    const { results, passed } = await runAll(ourClients, library, ['fetch'], () => {})
    const failed = results.flatMap(({ client, named, verdict }) =>
      verdict.type === 'fail' ? [`${client.name} ${named.name}: ${verdict.why.join('; ')}`] : [],
    )
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(library.length)
  },
)

const view: View = {
  events: [['message', 'a', '1']],
  requests: [null, '1'],
  lastHeaders: { 'x-key': null },
  gap: 500,
  end: 'closed',
  code: 'no-content',
}

const seen: Session = { events: view.events, end: 'closed', code: 'no-content', stop() {} }

function exchange(number: number, lastEventId: string | null, at: number, headers = {}): Exchange {
  const request = { number, lastEventId, at, headers, method: 'GET', url: '/', body: '' }
  return { request, state: 'end', status: 200, bytes: 0, gate: null }
}

const exchanges = [exchange(1, null, 0), exchange(2, '1', 500)]

test('differences() has nothing to say of what is as it should be', () => {
  expect(differences(seen, view, exchanges)).toEqual([])
})

test.each<[string, Partial<Session>, readonly Exchange[], RegExp]>([
  ['an event that is missing', { events: [] }, exchanges, /^events: 0 of 1$/],
  [
    'another event',
    { events: [['message', 'b', '1']] },
    exchanges,
    /^event 1: \["message","b","1"\] instead of/,
  ],
  [
    'an event too much',
    { events: [...view.events, ...view.events] },
    exchanges,
    /^event 2: .* instead of undefined$/,
  ],
  ['another end', { end: 'open' }, exchanges, /^end: "open" instead of "closed"$/],
  ['another code', { code: 'network' }, exchanges, /^code: "network"/],
  ['a request too much', {}, [...exchanges, exchange(3, '1', 900)], /^last event IDs: \[null,"1","1"\]/],
  [
    'a request too soon',
    {},
    [exchange(1, null, 0), exchange(2, '1', 499)],
    /after 499 ms, 500 is the least$/,
  ],
  [
    'a secret',
    {},
    [exchange(1, null, 0), exchange(2, '1', 500, { 'x-key': 's' })],
    /^x-key: "s" instead of null$/,
  ],
])('differences() tells of %s', (_what, change, exchanges, words) => {
  const told = differences({ ...seen, ...change }, view, exchanges)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(words)
})
