/** Reconnects 3,000 times, and prints what that left: in a process of its own, whose heap nobody else fills. */
import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { reconnecting } from './reconnecting.ts'

async function heap(): Promise<number> {
  if (globalThis.gc === undefined) throw new TypeError('To be started with --expose-gc')
  for (let n = 0; n < 5; n++) {
    globalThis.gc()
    await setImmediate()
  }
  return process.memoryUsage().heapUsed
}

const message = new TextEncoder().encode('id: 1\ndata: x\n\n')
const headers = { 'content-type': 'text/event-stream' }
const { signal } = new AbortController()
const { source, reconnect } = reconnecting('http://127.0.0.1/', {
  signal,
  fetch: async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(message) })
    return new Response(body, { headers })
  },
})

const left = () => ({
  listeners: getEventListeners(signal, 'abort').length,
  timers: process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length,
})

// In the first of them code is compiled and caches are filled.
await reconnect(1000)
const heaps = [await heap()]
for (const times of [1000, 1000]) {
  await reconnect(times)
  heaps.push(await heap())
}
const open = left()
source.close()
process.stdout.write(JSON.stringify({ heaps, open, closed: left() }))
