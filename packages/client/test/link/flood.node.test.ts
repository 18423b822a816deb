import { EventSource, fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'
import { virtualTime } from '../../src/testing/virtual-time.ts'
import { Chance } from '../support/chance.ts'
import { Link, type Serve } from './link.ts'
import { busiest } from './storm.ts'

/** A server that answers so many ms of latency after the call, and ends at once what it opens. */
const saying =
  (text: string, status = 200): Serve =>
  (_request, connection) => {
    connection.write(text)
    connection.end()
    return { status }
  }

const breaking: Serve = (_request, connection) => {
  connection.write('data: cut\n\nda')
  connection.reset()
  return { status: 200 }
}

const servers: readonly (readonly [string, Serve])[] = [
  ['retry: 0 and an end at once', saying('retry: 0\n\n')],
  ['retry: 0, an event and an end at once', saying('retry: 0\ndata: x\n\n')],
  ['retry: 1, an event and an end at once', saying('retry: 1\ndata: x\n\n')],
  ['retry: 2147483648 and an event', saying('retry: 2147483648\ndata: x\n\n')],
  ['retry: 99999999999999999999 and an event', saying('retry: 99999999999999999999\ndata: x\n\n')],
  ['an end at once', saying('')],
  ['a reset at once', breaking],
  ['500 at once', saying('busy', 500)],
  ['503 with retry: 0 in its body', saying('retry: 0\n\n', 503)],
]

const retry = { initialDelay: 0, statuses: [500, 503] }

const clients = {
  EventSource: (link: Link, runtime: ReturnType<typeof virtualTime>['runtime']) =>
    new EventSource('http://flood.example/', { runtime, fetch: link.fetch, retry }),
  'fetchEventStream()': (link: Link, runtime: ReturnType<typeof virtualTime>['runtime']) => {
    const stream = fetchEventStream('http://flood.example/', { runtime, fetch: link.fetch, retry })
    void stream.done()
    return stream
  },
}

for (const [name, connect] of Object.entries(clients)) {
  test.each(servers)(`${name} is no flood against %s, even when chance adds nothing`, async (_, serve) => {
    const time = virtualTime({ random: () => 0 })
    const link = new Link(time.runtime, new Chance(1), serve, 0)
    const client = connect(link, time.runtime)
    await time.advance(60_000)
    client.close()

    const inFirstSecond = link.calls.filter((at) => at <= 1000)
    expect(inFirstSecond.length).toBeLessThanOrEqual(3)
    expect(busiest(link.calls.slice(1), 1000)).toBeLessThanOrEqual(2)
  })

  test(`${name} comes back every 500 ms to a server that says retry: 0 and ends after an event`, async () => {
    const time = virtualTime({ random: () => 0 })
    const link = new Link(time.runtime, new Chance(1), saying('retry: 0\ndata: x\n\n'), 0)
    const client = connect(link, time.runtime)
    await time.advance(10_000)
    client.close()
    expect(link.calls).toEqual(Array.from({ length: 21 }, (_, i) => i * 500))
  })

  test(`${name} comes back after an hour to a server that says retry: 99999999999999999999`, async () => {
    const time = virtualTime({ random: () => 0 })
    const link = new Link(time.runtime, new Chance(1), saying('retry: 99999999999999999999\ndata: x\n\n'), 0)
    const client = connect(link, time.runtime)
    await time.advance(3_600_000)
    client.close()
    expect(link.calls).toEqual([0, 3_600_000])
  })
}
