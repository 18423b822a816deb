import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/vue'
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
