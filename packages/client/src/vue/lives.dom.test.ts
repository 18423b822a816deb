import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/vue'
import {
  createApp,
  defineComponent,
  h,
  KeepAlive,
  nextTick,
  onErrorCaptured,
  onMounted,
  reactive,
  ref,
  Suspense,
  watch,
  type Component,
} from 'vue'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { scoped } from '../../test/support/scoped.ts'

const tokens = (...texts: string[]): Step[] => texts.map((data) => ({ type: 'event', data }))
const hanging = (...texts: string[]) => scenario([...tokens(...texts), { type: 'hang' }])

function mount(component: Component) {
  const app = createApp(component)
  const page = document.body.appendChild(document.createElement('div'))
  app.mount(page)
  const unmount = () => {
    app.unmount()
    page.remove()
  }
  return { page, unmount, [Symbol.dispose]: unmount }
}

test('useEventSource() in a component that KeepAlive keeps goes on receiving, and closes with it', async () => {
  await using server = await play(
    scenario([...tokens('a'), { type: 'gate', name: 'more' }, ...tokens('b'), { type: 'hang' }]),
  )
  const heard: string[] = []
  const feed = defineComponent(() => {
    const { data, history } = useEventSource(server.url, { onEvent: (event) => heard.push(event.data) })
    return () => `${data.value} ${history.value.length}!`
  })
  const shown = ref(true)
  using mounted = mount(() => h(KeepAlive, () => (shown.value ? h(feed) : null)))
  await expect.poll(() => mounted.page.textContent).toBe('a 1!')
  shown.value = false
  await expect.poll(() => mounted.page.textContent).toBe('')
  await server.release('more')
  await expect.poll(() => heard).toEqual(['a', 'b'])
  shown.value = true
  await expect.poll(() => mounted.page.textContent).toBe('b 2!')
  mounted.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() whose URL changes there and back at once asks nobody else', async () => {
  await using one = await play(hanging('one'))
  await using two = await play(hanging('two'))
  const url = ref(one.url)
  using feed = scoped(() => useEventSource(url))
  await expect.poll(() => feed.data.value).toBe('one')
  url.value = two.url
  url.value = one.url
  await one.requests(2)
  await one.closed(1)
  await expect.poll(() => feed.data.value).toBe('one')

  expect((await two.records()).requests).toHaveLength(0)
})

const token = (value: string) => ({ 'x-token': value })
const unwaiting = () => skipping().options

test.each([
  [
    'reactive options',
    () => {
      const options = reactive({ ...unwaiting(), headers: token('first') })
      return { options, refresh: () => (options.headers = token('fresh')) }
    },
  ],
  [
    'a getter among its options',
    () => {
      const value = ref('first')
      const options = {
        ...unwaiting(),
        get headers() {
          return token(value.value)
        },
      }
      return { options, refresh: () => (value.value = 'fresh') }
    },
  ],
])(
  'useEventSource() with %s keeps its connection, and reconnects with the headers of that moment',
  async (_, make) => {
    const drop: Step[] = [
      ...tokens('a'),
      { type: 'gate', name: 'more' },
      ...tokens('b'),
      { type: 'gate', name: 'drop' },
      { type: 'end' },
    ]
    await using server = await play(scenario(drop, [...tokens('c'), { type: 'hang' }]))
    const { options, refresh } = make()
    using feed = scoped(() => useEventSource(server.url, options))
    await expect.poll(() => feed.data.value).toBe('a')
    refresh()
    expect(feed.phase.value).toBe('open')
    await server.release('more')
    await expect.poll(() => feed.data.value).toBe('b')
    await server.release('drop')
    await expect.poll(() => feed.history.value.map(({ data }) => data)).toEqual(['a', 'b', 'c'])

    const { requests } = await server.records()
    expect(requests.map(({ headers }) => headers['x-token'])).toEqual(['first', 'fresh'])
  },
)

test('useEventSource() that is first called as a component is mounted, as a store may be, subscribes', async () => {
  await using server = await play(hanging('a'))
  const late = defineComponent(() => {
    const heard = ref('')
    onMounted(() => {
      useEventSource(server.url, { onEvent: ({ data }) => (heard.value = data) })
    })
    return () => heard.value
  })
  using mounted = mount(late)
  await expect.poll(() => mounted.page.textContent).toBe('a')
  mounted.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventStream() that an async setup starts before it waits sends one request, and loses nothing', async () => {
  await using server = await play(
    scenario([...tokens('a'), { type: 'gate', name: 'more' }, ...tokens('b'), { type: 'hang' }]),
  )
  const heard: string[] = []
  let load = () => {}
  const loaded = new Promise<void>((resolve) => (load = resolve))
  const ask = defineComponent({
    async setup() {
      const { history, start } = useEventStream({
        request: () => ({ url: server.url, json: {} }),
        onEvent: ({ data }) => heard.push(data),
      })
      start()
      await loaded
      return () => h('p', `${history.value.map(({ data }) => data)}!`)
    },
  })
  using mounted = mount(() => h(Suspense, () => h(ask)))
  await expect.poll(() => heard).toEqual(['a'])
  load()
  await expect.poll(() => mounted.page.textContent).toBe('a!')
  await server.release('more')
  await expect.poll(() => mounted.page.textContent).toBe('a,b!')
  mounted.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
  expect(heard).toEqual(['a', 'b'])
})

test('useEventStream() shows a sync watcher of its phase what came with it', async () => {
  await using server = await play(scenario([...tokens('a', 'b'), { type: 'end' }]))
  const seen: unknown[] = []
  using answer = scoped(() => {
    const asked = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    const { phase, data, history, outcome } = asked
    const see = () => seen.push([phase.value, data.value, history.value.length, outcome.value?.type])
    watch(phase, see, { flush: 'sync' })
    asked.start()
    return asked
  })
  await expect.poll(() => answer.outcome.value).not.toBeNull()

  expect(seen.at(-1)).toEqual(['closed', 'b', 2, 'ended'])
})

test('useEventSource() in a component that throws while it renders closes when that is left out', async () => {
  await using server = await play(hanging('a', 'boom'))
  const fragile = defineComponent(() => {
    const { data } = useEventSource(server.url)
    return () => {
      if (data.value === 'boom') throw new RangeError('too much')
      return String(data.value)
    }
  })
  const parent = defineComponent(() => {
    const failed = ref('')
    onErrorCaptured((error) => {
      failed.value = String(error)
      return false
    })
    return () => failed.value || h(fragile)
  })
  using mounted = mount(parent)
  await expect.poll(() => mounted.page.textContent).toBe('RangeError: too much')

  expect((await server.closed(1)).requests).toHaveLength(1)
})

test('useEventSource() and useEventStream() that are unmounted while they connect give their requests up', async () => {
  await using server = await play(scenario([{ type: 'hang' }]))
  const both = defineComponent(() => {
    const feed = useEventSource(server.url)
    const { phase, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    start()
    return () => `${feed.phase.value} ${phase.value}!`
  })
  using mounted = mount(both)
  await server.requests(2)
  await expect.poll(() => mounted.page.textContent).toBe('connecting connecting!')
  mounted.unmount()

  const { exchanges } = await server.closed(2)
  expect(exchanges).toMatchObject([{ state: 'aborted' }, { state: 'aborted' }])
})

test('useEventStream() that a setup starts sends nothing when its component goes at once', async () => {
  await using server = await play(hanging('a'))
  const ask = defineComponent(() => {
    const { data, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    start()
    return () => data.value
  })
  mount(ask).unmount()
  await nextTick()
  // What another one sends later is there: so would be its.
  const later = await fetch(`${server.url}?later`)
  await later.body?.cancel()

  expect(await server.requests(1)).toMatchObject([{ method: 'GET' }])
})

test.each([null, undefined, false, ''] as const)('useEventSource(%j) opens nothing', async (url) => {
  await using server = await play(hanging('a'))
  using off = scoped(() => useEventSource(url))
  using on = scoped(() => useEventSource(server.url))
  await expect.poll(() => on.data.value).toBe('a')
  expect(off.phase.value).toBe('idle')
})
