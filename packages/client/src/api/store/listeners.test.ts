import { createEventStore } from '@millrace/client'
import { expect, test, vi } from 'vitest'
import { byHand, settled } from '../../../test/support/source-by-hand.ts'

test('onEvent() listeners may stop the store between two events of one read', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'microtask' })
  const heard: string[] = []
  store.onEvent(({ data }) => {
    heard.push(data)
    if (data === 'b') store.stop()
  })
  store.start()
  await settled()
  await runs[0]?.give('a', 'b', 'c')

  expect(heard).toEqual(['a', 'b'])
  expect(store.getSnapshot()).toMatchObject({ phase: 'closed', data: 'b' })
})

test('onEvent() and subscribe() tell a listener that leaves and comes back meanwhile once of the same event', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard: string[] = []
  const shows: unknown[] = []
  // The bound ends what would go on for ever.
  const hear = ({ data }: { data: string }) => {
    heard.push(data)
    leave()
    if (heard.length < 10) leave = store.onEvent(hear)
  }
  const show = () => {
    shows.push(store.getSnapshot().data)
    unsubscribe()
    if (shows.length < 10) unsubscribe = store.subscribe(show)
  }
  store.start()
  await settled()
  let leave = store.onEvent(hear)
  let unsubscribe = store.subscribe(show)
  await runs[0]?.give('a', 'b')

  expect(heard).toEqual(['a', 'b'])
  expect(shows).toEqual(['a', 'b'])
})

test('onEvent() and subscribe() tell a listener that another one has just taken away nothing', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard = vi.fn()
  const told = vi.fn()
  store.start()
  await settled()
  store.onEvent(() => leave())
  const leave = store.onEvent(heard)
  store.subscribe(() => unsubscribe())
  const unsubscribe = store.subscribe(told)
  await runs[0]?.give('a')

  expect(heard).not.toHaveBeenCalled()
  expect(told).not.toHaveBeenCalled()
})

test('onEvent() listeners hear of an event before a subscriber that starts anew because of it, and of no other one', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, { batch: 'none' })
  const heard: string[] = []
  store.start()
  await settled()
  const unsubscribe = store.subscribe(() => {
    unsubscribe()
    store.start()
    heard.push('started')
  })
  store.onEvent(({ data }) => heard.push(data))
  await runs[0]?.give('a', 'b')
  await runs[1]?.give('c')

  expect(heard).toEqual(['a', 'started', 'c'])
  expect(store.getSnapshot().history).toMatchObject([{ data: 'c' }])
})
