import { expect, test } from 'vitest'
import { handFed } from '../../test/support/hand-fed.ts'
import { virtualTime } from '../testing/virtual-time.ts'
import { Exchange } from './exchange.ts'

const url = 'https://api.example/feed'
const patient = { firstEvent: Infinity, idle: Infinity }

/** Bytes of a reply as a generator. Its return() waits for the read that is pending, and only an abort ends that. */
async function* untilAborted(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(3)
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

test.each<[string, (signal: AbortSignal) => unknown]>([
  ['a generator', untilAborted],
  [
    'a stream whose cancel never ends',
    () =>
      new ReadableStream({
        start: (stream) => stream.enqueue(new Uint8Array(3)),
        cancel: () => new Promise<void>(() => {}),
      }),
  ],
])('drop() aborts the request while the body, %s, waits for bytes', async (_, bodyFor) => {
  const exchange = new Exchange()
  const reply = { status: 200, headers: new Headers(), body: bodyFor(exchange.signal) }
  await exchange.send({ url, init: { headers: new Headers() } }, async () => reply as Response)
  const body = exchange.read(virtualTime().runtime, patient)
  await new Promise((resolve) => body.next(resolve))

  void exchange.drop()

  await expect.poll(() => exchange.signal.aborted).toBe(true)
})

test('drop() cancels a reply that nobody reads, for a fetch that minds no signal', async () => {
  const { body, told } = handFed()
  const exchange = new Exchange()
  await exchange.send({ url, init: { headers: new Headers() } }, async () => new Response(body))
  void exchange.drop()

  await expect.poll(() => told).toEqual(['cancelled'])
})
