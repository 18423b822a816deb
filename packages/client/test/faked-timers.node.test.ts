import { createEventStore, fetchEventStream, type StoreLink } from '@millrace/client'
import { fakeFetch } from '@millrace/test-server/fetch'
import { scenario } from '@millrace/test-server/scenario'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { sharedStore } from '../src/api/store/held-store.ts'
import { ownStore } from '../src/api/store/own-store.ts'

// What jest.useFakeTimers() fakes, and vi.useFakeTimers() does not: microtasks, too.
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'queueMicrotask'],
  })
  onTestFinished(() => void vi.useRealTimers())
})

const feed = scenario([{ type: 'event', data: 'word' }, { type: 'event', data: '[DONE]' }, { type: 'hang' }])

test('an answer needs no timer: it is asked for, read and let go while all of them are faked', async () => {
  const fake = fakeFetch(feed)
  const outcome = await fetchEventStream(fake.url, { fetch: fake.fetch, json: {}, until: '[DONE]' }).done()

  expect(outcome).toMatchObject({ type: 'complete', events: 1 })
  await fake.whenClosed()
})

/** A store of a component, on a server that never ends. */
function storeOn(fake: ReturnType<typeof fakeFetch>) {
  const source = (_: void, { signal }: StoreLink) => fetchEventStream(fake.url, { fetch: fake.fetch, signal })
  return createEventStore(source, { initial: 0, reduce: (count) => count + 1, batch: 'none' })
}

test('a component that goes while all timers are faked ends the connection of its store', async () => {
  const fake = fakeFetch(feed)
  const store = ownStore(storeOn(fake), () => {})
  const letGo = store.hold()
  store.current().start()
  await fake.nextRequest()
  letGo()
  await fake.whenClosed()
})

test('the last component that goes while all timers are faked ends the connection of a shared store', async () => {
  const fake = fakeFetch(feed)
  const letGo = sharedStore('a key', storeOn(fake)).hold()
  await fake.nextRequest()
  letGo()
  await fake.whenClosed()
})
