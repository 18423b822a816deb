import { fetchEventStream, lastEventIdGet, toReadableStream, type StreamEvent } from '@millrace/client'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, test } from 'vitest'
import { growth } from '../../../test/support/growth.ts'
import { leastOfFive } from '../../../test/support/least-of-five.ts'

const MB = 1_000_000

/** 200 MB of events of 10 kB, as fast as they are taken. */
const flood: Step = {
  type: 'repeat',
  times: 20_000,
  steps: [{ type: 'event', id: '{n}', data: 'x'.repeat(10_000) }],
}

/** What a server could write to a consumer that takes one event and sleeps, until it wrote no more. */
function takenWhileAsleep(consume: (url: string) => { stop: () => unknown }): Promise<number> {
  return leastOfFive(8 * MB, async () => {
    await using server = await serve(scenario([flood]))
    const { stop } = consume(server.url)
    const bytes = await whenStill(() => server.exchanges[0]?.bytes ?? 0)
    await stop()
    return bytes
  })
}

/** Waits until something was written, and then nothing for 300 ms. Time itself is the subject here. */
async function whenStill(written: () => number): Promise<number> {
  for (let before = 0; ; before = written()) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    if (before > 0 && written() === before) return before
  }
}

async function takeOne(stream: AsyncIterable<StreamEvent>): Promise<void> {
  for await (const _ of stream) await new Promise(() => {})
}

test.concurrent.each([
  ['by POST', { json: {} }],
  ['by GET, which reconnects', {}],
  ['by POST with a resume', { json: {}, resume: lastEventIdGet }],
] as const)('a consumer that sleeps makes the server stop: %s', async (_, options) => {
  const bytes = await takenWhileAsleep((url) => {
    const stream = fetchEventStream(url, options)
    void takeOne(stream)
    return { stop: () => stream.close() }
  })

  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(8 * MB)
})

test.concurrent('a reader of toReadableStream() that sleeps makes the server stop', async () => {
  const bytes = await takenWhileAsleep((url) => {
    const stream = fetchEventStream(url, { json: {} })
    void toReadableStream(stream).getReader().read()
    return { stop: () => stream.close() }
  })

  expect(bytes).toBeLessThanOrEqual(8 * MB)
})

test.concurrent('a reader of batches() that sleeps makes the server stop', async () => {
  const bytes = await takenWhileAsleep((url) => {
    const stream = fetchEventStream(url, { json: {} })
    void stream.batches().next()
    return { stop: () => stream.close() }
  })

  expect(bytes).toBeLessThanOrEqual(8 * MB)
})

test.concurrent('a consumer that has not begun takes nothing but what the socket holds', async () => {
  const bytes = await takenWhileAsleep((url) => {
    const stream = fetchEventStream(url, { json: {} })
    return { stop: () => stream.close() }
  })

  expect(bytes).toBeLessThanOrEqual(8 * MB)
})

test('what had arrived before a reset is handed over to a slow consumer', async () => {
  const event = { type: 'event', data: 'x'.repeat(1000) } as const
  await using server = await serve(
    scenario([
      { type: 'repeat', times: 200, steps: [event] },
      { type: 'gate', name: 'reset' },
      { type: 'reset' },
    ]),
  )
  const stream = fetchEventStream(server.url, { json: {} })
  const seen: string[] = []
  const reading = (async () => {
    for await (const { data } of stream) {
      seen.push(data)
      // The whole body is on its way when the first event is here; it is read ahead while this one is looked at.
      if (seen.length === 1) {
        await server.whenAt('reset')
        await new Promise((resolve) => setTimeout(resolve, 100))
        server.release('reset')
        await server.whenClosed()
      }
    }
  })()

  await expect(reading).rejects.toMatchObject({ code: 'network' })
  expect(seen).toHaveLength(200)
})

test('a reply that is one event costs each of its chunks the same, however many there are', async () => {
  const read = async (chunks: number) => {
    let left = chunks
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array([32])) : controller.close()),
    })
    const fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } })
    const stream = fetchEventStream('http://a.test/', { method: 'POST', accept: () => 'event', fetch })
    expect(await stream.done()).toMatchObject({ type: 'ended', events: 1, bytes: chunks })
  }

  expect(await growth(read, 2000, 20, 3)).toBeLessThan(3)
})
