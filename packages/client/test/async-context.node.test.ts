import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { EventSource, fetchEventStream } from '@millrace/client'
import { scenario, serve } from '@millrace/test-server'
import { expect, test } from 'vitest'

/** Real timers, a hundred times as quick: those of virtual time run in the context of whoever advances it. */
function quickTime() {
  let slept = 0
  return {
    suspend: (ms: number) => void (slept += ms),
    runtime: {
      now: () => performance.now() * 100,
      wall: () => performance.now() * 100 + slept,
      random: () => 0.5,
      sleep(ms: number, wake: () => void) {
        const timer = setTimeout(wake, ms / 100)
        return () => clearTimeout(timer)
      },
    },
  }
}

test('headers are asked for in the context of the code that made the connection, after a sleep of the machine, too', async () => {
  const hang = [{ type: 'event', data: 'here' }, { type: 'hang' }] as const
  await using server = await serve(scenario(hang))
  const tenant = new AsyncLocalStorage<string>()
  const time = quickTime()
  const asked: string[] = []
  const init = (own: string) => ({
    runtime: time.runtime,
    timeouts: { headers: Infinity },
    headers: () => void asked.push(`${own} as ${tenant.getStore()}`),
  })
  const closing = ['first', 'second', 'third'].map((own) =>
    tenant.run(own, () => (own === 'second' ? source(own) : stream(own))),
  )
  function source(own: string) {
    const source = new EventSource(server.url, init(own))
    return { connection: source, first: once(source, 'message') }
  }
  function stream(own: string) {
    const stream = fetchEventStream(server.url, init(own))
    return { connection: stream, first: stream[Symbol.asyncIterator]().next() }
  }
  const all = ['first as first', 'second as second', 'third as third']
  // What is still connecting goes on with that after the sleep.
  await Promise.all(closing.map(({ first }) => first))
  expect(asked.sort()).toEqual(all)

  asked.length = 0
  time.suspend(3_600_000)
  await expect.poll(() => server.requests.length).toBe(6)
  expect(asked.sort()).toEqual(all)
  for (const { connection } of closing) connection.close()
})
