import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource } from '@millrace/client/vue'
import { shallowRef, watch } from 'vue'
import { expect, test, vi } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { scoped } from '../../test/support/scoped.ts'

const refused: Step[] = [{ type: 'status', status: 503 }, { type: 'end' }]

test('useEventSource(url, events, options) takes the named events only, as VueUse does', async () => {
  await using server = await play(
    scenario([
      { type: 'event', data: 'unnamed' },
      { type: 'event', event: 'other', data: 'not asked for' },
      { type: 'event', event: 'price', data: '{"n":1}', id: '7' },
      { type: 'hang' },
    ]),
  )
  using source = scoped(() =>
    useEventSource(server.url, ['price'], {
      headers: { authorization: 'Bearer x' },
      serializer: { read: (text) => JSON.parse(text ?? 'null') as { n: number } },
    }),
  )
  expect(source.status.value).toBe('CONNECTING')
  await expect.poll(() => source.data.value).toEqual({ n: 1 })

  expect(source.status.value).toBe('OPEN')
  expect(source.event.value).toBe('price')
  expect(source.lastEventId.value).toBe('7')
  expect(source.error.value).toBeNull()
  expect(source.eventSource.value?.url).toBe(server.url)
  expect((await server.requests(1))[0]?.headers.authorization).toBe('Bearer x')
  source.close()
  expect(source.status.value).toBe('CLOSED')
  expect(source.eventSource.value).toBeNull()
  await server.closed()
})

test('useEventSource(url, []) shows each of 100 events of one chunk to a sync watcher', async () => {
  const numbers = Array.from({ length: 100 }, (_, n) => String(n))
  await using server = await play(
    scenario([{ type: 'text', text: numbers.map((n) => `data: ${n}\n\n`).join('') }, { type: 'hang' }]),
  )
  const seen: string[] = []
  using source = scoped(() => {
    const made = useEventSource(server.url, [])
    watch(made.data, (data) => seen.push(data), { flush: 'sync' })
    return made
  })
  await expect.poll(() => source.data.value).toBe('99')
  expect(seen).toEqual(numbers)
})

test('useEventSource(url, events, { immediate: false }) opens when told; a new URL opens anew, undefined closes', async () => {
  await using one = await play(scenario([{ type: 'event', data: 'one' }, { type: 'hang' }]))
  await using two = await play(scenario([{ type: 'event', data: 'two' }, { type: 'hang' }]))
  const url = shallowRef<string | undefined>(one.url)
  using source = scoped(() => useEventSource(url, ['message'], { immediate: false }))
  expect((await one.records()).requests).toHaveLength(0)
  source.open()
  await expect.poll(() => source.data.value).toBe('one')
  url.value = two.url
  await expect.poll(() => source.data.value).toBe('two')
  await one.closed()
  url.value = undefined
  await two.closed()
  expect(source.status.value).toBe('CLOSED')
})

test('useEventSource(url, events, { autoConnect: false }) stays where it is when the URL changes', async () => {
  await using one = await play(scenario([{ type: 'event', data: 'one' }, { type: 'hang' }]))
  const url = shallowRef(one.url)
  using source = scoped(() => useEventSource(url, [], { autoConnect: false }))
  await expect.poll(() => source.data.value).toBe('one')
  const before = source.eventSource.value
  url.value = 'http://127.0.0.1:1/'
  await Promise.resolve()
  expect(source.eventSource.value).toBe(before)
  expect(source.status.value).toBe('OPEN')
})

test('useEventSource() with autoReconnect opens anew after a refusal, from the last event ID, and counts afresh after success', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'event', data: 'one', id: '1', retry: 1 }, { type: 'end' }] },
      { on: { request: 2 }, steps: refused },
      { on: { request: 3 }, steps: [{ type: 'event', data: 'two', id: '2', retry: 1 }, { type: 'end' }] },
      { on: { request: 4 }, steps: refused },
      { steps: [{ type: 'event', data: 'three' }, { type: 'hang' }] },
    ],
  })
  const onFailed = vi.fn()
  using source = scoped(() =>
    useEventSource(server.url, [], { autoReconnect: { retries: 1, delay: 1, onFailed } }),
  )
  await expect.poll(() => source.data.value).toBe('three')

  const ids = (await server.requests(5)).map(({ headers }) => headers['last-event-id'])
  expect(ids).toEqual([undefined, '1', '1', '2', '2'])
  expect(onFailed).not.toHaveBeenCalled()
})

test('useEventSource() with autoReconnect stays closed when a sync watcher of its error closes it', async () => {
  await using server = await play(scenario(refused))
  const retries = vi.fn(() => true)
  using source = scoped(() => useEventSource(server.url, [], { autoReconnect: { retries } }))
  await new Promise<void>((resolve) => {
    const closing = () => {
      source.close()
      resolve()
    }
    watch(source.error, closing, { flush: 'sync' })
  })

  expect(source.status.value).toBe('CLOSED')
  expect(retries).not.toHaveBeenCalled()
})

test('useEventSource() with autoReconnect gives up after its retries', async () => {
  await using server = await play(scenario(refused))
  const onFailed = vi.fn()
  using source = scoped(() =>
    useEventSource(server.url, [], { autoReconnect: { retries: 2, delay: 1, onFailed } }),
  )
  await expect.poll(() => onFailed).toHaveBeenCalledOnce()

  expect(await server.requests(3)).toHaveLength(3)
  expect(source.status.value).toBe('CLOSED')
  expect(source.error.value).toMatchObject({ type: 'error', code: 503 })
})

test('useEventSource() with autoReconnect stays on its connection when the server names an event error', async () => {
  await using server = await play(
    scenario([
      { type: 'event', event: 'error', data: 'no' },
      { type: 'event', data: 'after' },
      { type: 'hang' },
    ]),
  )
  const retries = vi.fn(() => true)
  using source = scoped(() => useEventSource(server.url, [], { autoReconnect: { retries, delay: 1 } }))
  await expect.poll(() => source.data.value).toBe('after')

  expect(source.error.value).toMatchObject({ type: 'error', data: 'no' })
  expect(source.status.value).toBe('OPEN')
  expect(retries).not.toHaveBeenCalled()
})

test('useEventSource() closes when its scope ends, also between two retries', async () => {
  await using server = await play(scenario(refused))
  {
    using source = scoped(() => useEventSource(server.url, [], { autoReconnect: { delay: 60_000 } }))
    await expect.poll(() => source.error.value).not.toBeNull()
  }
  expect((await server.closed()).requests).toHaveLength(1)
})
