import { fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'
import { virtualTime } from '../testing/virtual-time.ts'

const nothing = undefined
const undefinedNumbers: object = {
  retry: { initialDelay: nothing, maxDelay: nothing, factor: nothing, jitter: nothing, maxAttempts: nothing },
  timeouts: { headers: nothing, idle: nothing, firstEvent: nothing, total: nothing },
  limits: { event: nothing, id: nothing },
  mode: nothing,
}

test('an option that is undefined is one that was not given: waits are those of the defaults', async () => {
  const { runtime, advance } = virtualTime()
  const sent: number[] = []
  const fetch: typeof globalThis.fetch = async () => {
    sent.push(runtime.now())
    throw new TypeError('fetch failed')
  }
  const stream = fetchEventStream('http://undefined.example/', { ...undefinedNumbers, runtime, fetch })
  void stream.done()
  await advance(999)
  expect(sent).toHaveLength(1)
  await advance(10_000)
  expect(sent.length).toBeGreaterThan(2)
  stream.close()
})

test('an option that is undefined is one that was not given: no limit is lifted, and no member reaches fetch', async () => {
  const { runtime, advance } = virtualTime()
  const inits: (RequestInit | undefined)[] = []
  const body = `id: ${'1'.repeat(70_000)}\n`
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    inits.push(init)
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const stream = fetchEventStream('http://undefined.example/', { ...undefinedNumbers, runtime, fetch })
  const outcome = stream.done()
  await advance(0)

  expect(await outcome).toMatchObject({ error: { code: 'too-large', limit: 'id' } })
  expect(Object.keys(inits[0] ?? {})).not.toContain('mode')
})
