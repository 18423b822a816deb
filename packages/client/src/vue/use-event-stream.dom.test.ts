import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/vue'
import type { StreamEvent } from '@millrace/client'
import { createApp, defineComponent, h, Suspense } from 'vue'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { scoped } from '../../test/support/scoped.ts'

const tokens = (...texts: string[]): Step[] => texts.map((data) => ({ type: 'event', data }))

const chat = (url: string) =>
  scoped(() =>
    useEventStream({
      request: (prompt: string) => ({ url, json: { prompt }, until: '[DONE]' }),
      initial: '',
      reduce: (text, event) => text + event.data,
    }),
  )

test('useEventStream() sends nothing before start, then shows the answer up to its terminator', async () => {
  await using server = await play(
    scenario([...tokens('Das ', 'Wasser '), { type: 'gate', name: 'more' }, ...tokens('läuft', '[DONE]')]),
  )
  using answer = chat(server.url)
  expect(answer.phase.value).toBe('idle')
  expect((await server.records()).requests).toHaveLength(0)
  answer.start('Hi')
  await expect.poll(() => answer.data.value).toBe('Das Wasser ')
  await server.release('more')
  await expect.poll(() => answer.outcome.value?.type).toBe('complete')

  expect(answer.data.value).toBe('Das Wasser läuft')
  expect(await server.requests(1)).toMatchObject([{ method: 'POST', body: '{"prompt":"Hi"}' }])
})

test('start() of useEventStream() supersedes the answer under way; stop() keeps the text; reset() forgets it', async () => {
  await using server = await play(scenario([...tokens('first'), { type: 'hang' }]))
  using answer = chat(server.url)
  answer.start('One')
  await expect.poll(() => answer.data.value).toBe('first')
  answer.start('Two')
  expect(answer.data.value).toBe('')
  await server.closed(1)
  await expect.poll(() => answer.data.value).toBe('first')
  answer.stop()
  expect(answer.phase.value).toBe('closed')
  expect(answer.data.value).toBe('first')
  await server.closed(2)
  answer.reset()
  expect(answer.data.value).toBe('')
})

test('useEventStream() shows a cut answer as truncated, and keeps what came', async () => {
  await using server = await play(scenario([...tokens('half'), { type: 'end' }]))
  using answer = chat(server.url)
  answer.start('Hi')
  await expect.poll(() => answer.error.value?.code).toBe('truncated')
  expect(answer.data.value).toBe('half')
})

test('start() of useEventStream() and useEventSource() in a scope that has ended sends nothing', async () => {
  await using server = await play(scenario([...tokens('late'), { type: 'hang' }]))
  const answer = chat(server.url)
  const feed = scoped(() => useEventSource(server.url))
  await expect.poll(() => feed.data.value).toBe('late')
  answer[Symbol.dispose]()
  feed[Symbol.dispose]()
  await server.closed()
  answer.start('Hi')
  feed.start()
  // What another one sends later is there: so would be theirs.
  const later = await fetch(`${server.url}?later`)
  await later.body?.cancel()

  expect((await server.requests(2)).map(({ url }) => url.includes('later'))).toEqual([false, true])
})

test('useEventStream() closes the socket when its scope ends', async () => {
  await using server = await play(scenario([...tokens('half'), { type: 'hang' }]))
  {
    using answer = chat(server.url)
    answer.start('Hi')
    await expect.poll(() => answer.data.value).toBe('half')
  }
  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})

/** Mounts a component that starts in its setup, which is over when `ready` is. */
function mountEarly(url: string, ready: Promise<void>, onEvent: (event: StreamEvent) => void) {
  const component = defineComponent({
    async setup() {
      const { phase, start } = useEventStream({ request: () => ({ url, json: {} }), onEvent })
      start()
      await ready
      return () => h('p', phase.value)
    },
  })
  const app = createApp(() => h(Suspense, null, { default: () => h(component) }))
  // That Suspense is experimental is no news.
  app.config.warnHandler = () => {}
  const page = document.body.appendChild(document.createElement('div'))
  app.mount(page)
  return { page, [Symbol.dispose]: () => app.unmount() }
}

test('start() of useEventStream() in an async setup brings every event to onEvent, those before it is mounted, too', async () => {
  await using server = await play(scenario([...tokens('a', 'b'), { type: 'end' }]))
  const heard: string[] = []
  let settle = () => {}
  const ready = new Promise<void>((resolve) => (settle = resolve))
  using mounted = mountEarly(server.url, ready, ({ data }) => heard.push(data))
  await server.closed()
  await expect.poll(() => heard).toEqual(['a', 'b'])
  settle()

  await expect.poll(() => mounted.page.textContent).toBe('closed')
})

test('useEventStream() that a setup has started ends with a component that is never mounted', async () => {
  await using server = await play(scenario([...tokens('a'), { type: 'hang' }]))
  const heard: string[] = []
  {
    using _mounted = mountEarly(server.url, new Promise(() => {}), ({ data }) => heard.push(data))
    await expect.poll(() => heard).toEqual(['a'])
  }
  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})
