import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, type SubscriptionOptions } from '@millrace/client/vue'
import { createSSRApp, effectScope, isReactive, shallowRef, type MaybeRefOrGetter } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test } from 'vitest'
import { leastOfFive } from '../../../../test/support/least-of-five.ts'
import { play } from '../../../../test/support/remote.ts'
import { hydrateVue, mountVue, paragraph } from '../../test/support/mount-vue.ts'
import { scoped } from '../../test/support/scoped.ts'

const numbers = Array.from({ length: 100 }, (_, n) => String(n))
const burst: Step = { type: 'text', text: numbers.map((n) => `data: ${n}\n\n`).join('') }

/** A component that shows all there is. */
const feed = (url: MaybeRefOrGetter<string | null>, options?: SubscriptionOptions) => {
  return () => {
    const { data, phase, history, lastEventId } = useEventSource(url, options)
    return () =>
      `${phase.value} data=${data.value} last=${lastEventId.value} history=${history.value.map((event) => event.data)}`
  }
}

test('useEventSource() brings 100 events of one chunk to onEvent, reduce and history in order, in at most 2 renders', async () => {
  await using server = await play(
    // Firefox tells nothing of a reply before the first byte of its body.
    scenario([{ type: 'comment', text: 'open' }, { type: 'gate', name: 'burst' }, burst, { type: 'hang' }]),
  )
  const heard: string[] = []
  using page = mountVue(() => {
    const { data, history, phase } = useEventSource(server.url, {
      initial: [] as string[],
      reduce: (all, event) => [...all, event.data],
      history: 10,
      onEvent: (event) => heard.push(event.data),
    })
    return () => `${phase.value} ${data.value} history=${history.value.map((event) => event.data)}`
  })
  await page.says('open')
  const before = page.updates
  await server.release('burst')
  await page.says(`open ${numbers} history=${numbers.slice(-10)}`)

  expect(page.updates - before).toBeLessThanOrEqual(2)
  expect(heard).toEqual(numbers)
})

test('useEventSource() shows 20 equal payloads as 20 events, in refs that are not made deeply reactive', async () => {
  await using server = await play(
    scenario([
      ...Array.from({ length: 20 }, (): Step => ({ type: 'event', data: 'same' })),
      { type: 'hang' },
    ]),
  )
  using source = scoped(() => useEventSource(server.url))
  const { history } = source
  await expect.poll(() => history.value).toHaveLength(20)

  expect(isReactive(history.value)).toBe(false)
  expect(isReactive(history.value[0])).toBe(false)
})

test('useEventSource() with a new URL closes the old connection, and nothing of it lands after', async () => {
  await using old = await play(
    scenario([
      { type: 'event', data: 'old', id: 'o' },
      { type: 'gate', name: 'late' },
      burst,
      { type: 'hang' },
    ]),
  )
  await using fresh = await play(scenario([{ type: 'event', data: 'fresh' }, { type: 'hang' }]))
  const url = shallowRef<string | null>(null)
  const heard: string[] = []
  using page = mountVue(feed(url, { onEvent: ({ data }) => heard.push(data) }))
  await page.says('idle')
  url.value = old.url
  await page.says('open data=old last=o')
  url.value = fresh.url
  await old.release('late')
  await page.says('open data=fresh last= history=fresh')
  await old.closed()
  url.value = null
  await page.says('idle data=undefined')
  await fresh.closed()

  expect(heard).toEqual(['old', 'fresh'])
  expect((await fresh.records()).requests[0]?.headers['last-event-id']).toBeUndefined()
})

test('useEventSource() in an unmounted component closes the socket within 300 ms', async () => {
  const taken = await leastOfFive(300, async () => {
    await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
    using page = mountVue(feed(server.url))
    await page.says('data=a')
    const start = performance.now()
    page.unmount()
    const { exchanges } = await server.closed()
    const took = performance.now() - start
    expect(exchanges).toMatchObject([{ state: 'aborted' }])
    expect(page.warnings).toEqual([])
    return took
  })
  expect(taken).toBeLessThan(300)
})

test('useEventSource() with a shareKey: one connection for all, closed with the last', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'shared' }, { type: 'hang' }]))
  using one = mountVue(feed(server.url, { shareKey: 'all' }))
  await one.says('data=shared')
  using two = mountVue(feed(server.url, { shareKey: 'all' }))
  await two.says('data=shared')
  one.unmount()
  expect((await server.records()).exchanges).toMatchObject([{ state: 'open' }])
  two.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() in a scope of its own, entered in a setup, lives as long as that scope, not the component', async () => {
  const later: Step[] = [{ type: 'gate', name: 'later' }, { type: 'event', data: 'b' }, { type: 'hang' }]
  await using server = await play(scenario([{ type: 'event', data: 'a' }, ...later]))
  // As a Pinia store and VueUse's createSharedComposable() do.
  const scope = effectScope(true)
  let shared: (() => string) | undefined
  const setup = () => (shared ??= scope.run(feed(server.url)) ?? String)
  const first = mountVue(setup)
  await first.says('data=a')
  using second = mountVue(setup)
  first.unmount()
  await server.release('later')
  await second.says('data=b')
  expect((await server.records()).exchanges).toMatchObject([{ state: 'open' }])
  scope.stop()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() opens nothing on a server, and hydrates without a mismatch', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'live' }, { type: 'hang' }]))
  const setup = feed(server.url)
  const html = await renderToString(createSSRApp(paragraph(setup)))
  expect(html).toContain('idle data=undefined')
  expect((await server.records()).requests).toHaveLength(0)
  using page = hydrateVue(html, setup)
  await page.says('data=live')

  expect(page.warnings).toEqual([])
})

test('useEventSource() stops, starts again from the last event ID and keeps its history', async () => {
  await using server = await play({
    replies: [
      { on: { resumed: false }, steps: [{ type: 'event', data: 'one', id: '1' }, { type: 'hang' }] },
      { steps: [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }] },
    ],
  })
  using feed = scoped(() => useEventSource(server.url))
  const told = () => feed.history.value.map(({ data }) => data)
  await expect.poll(() => told()).toEqual(['one'])
  feed.stop()
  expect(feed.phase.value).toBe('closed')
  feed.start()
  await expect.poll(() => told()).toEqual(['one', 'two'])
  feed.reset()
  expect(told()).toEqual([])
  await server.closed(2)
})
