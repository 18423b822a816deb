import { EventSource, fetchEventStream, tee, toReadableStream } from '@millrace/client'
import { expect, test } from 'vitest'

const events = 600
const text = 'data: x\n\n'.repeat(events)

/** Everything is there at once: in one chunk, or with a chunk for each event, as servers send them. */
function ready(chunks: number): typeof fetch {
  const chunk = new TextEncoder().encode(text.slice(0, text.length / chunks))
  return async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < chunks; sent++) controller.enqueue(chunk.slice())
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

/** A page may not wait on the spot, so it counts the time. */
function work(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Reads until a timer of 20 ms ends it, with 2 ms of work for each event; gives how many there were. */
type Read = (fetch: typeof globalThis.fetch, onEvent: () => void, signal: AbortSignal) => Promise<unknown>

const url = 'http://a.test/'
const readers: Readonly<Record<string, Read>> = {
  async 'a loop'(fetch, onEvent, signal) {
    for await (const _ of fetchEventStream(url, { fetch, signal })) onEvent()
  },
  async 'a loop over a branch'(fetch, onEvent, signal) {
    const [branch = null] = tee(fetchEventStream(url, { fetch, signal }), 1)
    if (branch) for await (const _ of branch) onEvent()
  },
  async 'a reader of toReadableStream()'(fetch, onEvent, signal) {
    // By hand: Safari's streams are not iterable.
    const reader = toReadableStream(fetchEventStream(url, { fetch, signal })).getReader()
    while (!(await reader.read()).done) onEvent()
  },
  'a listener': (fetch, onEvent, signal) =>
    new Promise((resolve) => {
      const source = new EventSource(url, { fetch, signal })
      source.addEventListener('message', onEvent)
      signal.addEventListener('abort', resolve)
    }),
}

const cases = Object.keys(readers).flatMap((name) => [1, events].map((chunks) => ({ name, chunks })))

test.each(cases)('$name that works leaves timers their turn, with $chunks chunks at hand', async (given) => {
  const stop = new AbortController()
  let seen = 0
  const onEvent = () => {
    if (++seen === 1) setTimeout(() => stop.abort('enough'), 20)
    work(2)
  }
  await readers[given.name]?.(ready(given.chunks), onEvent, stop.signal).catch((reason: unknown) =>
    expect(reason).toBe('enough'),
  )
  expect(seen).toBeGreaterThan(0)
  // All of them would take 1.2 s. On a busy machine the timer is late, but there is a turn for it.
  expect(seen).toBeLessThan(events / 2)
})

test('a loop over batches() leaves timers a turn between two of them', async () => {
  const stop = new AbortController()
  let seen = 0
  const stream = fetchEventStream(url, { fetch: ready(events / 10), signal: stop.signal })
  const reading = (async () => {
    for await (const batch of stream.batches()) {
      if (seen === 0) setTimeout(() => stop.abort('enough'), 20)
      seen += batch.length
      work(20)
    }
  })()
  await expect(reading).rejects.toBe('enough')
  expect(seen).toBeLessThan(events / 2)
})
