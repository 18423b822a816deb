import { afterAll, expect, test, vi } from 'vitest'

// Node loads its fetch where one of these is first asked for, and that needs what is taken away below.
const { Response } = globalThis

const nodeTarget = EventTarget

// What React Native 0.79 to 0.85 and its engine lack, and Node has. `pnpm runtimes` sees the same in Hermes itself.
vi.stubGlobal('EventTarget', undefined)
vi.stubGlobal('DOMException', undefined)
class PartOfURL extends URL {
  override get search(): never {
    throw new Error('not implemented')
  }
}
vi.stubGlobal('URL', PartOfURL)
const { toSorted } = Array.prototype
Reflect.deleteProperty(Array.prototype, 'toSorted')
// Other files run in the same process, and take modules that are there.
afterAll(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
  Reflect.defineProperty(Array.prototype, 'toSorted', { value: toSorted, configurable: true, writable: true })
})
vi.resetModules()
const { EventSource, fetchEventStream } = await import('@millrace/client')

const url = 'https://api.test/prices'
const sse = { headers: { 'content-type': 'text/event-stream' } }
const says = (body: BodyInit | null) => async () => new Response(body, sse)

test('where there is no EventTarget, the client can be imported, and a stream be read', async () => {
  const headers = { authorization: 'Bearer abcdefgh', 'x-desk': 'seventeen' }
  const fetch = says('data: a\n\ndata: [DONE]\n\n')
  const heard: string[] = []
  for await (const { data } of fetchEventStream(url, { json: {}, headers, fetch, until: '[DONE]' }))
    heard.push(data)
  expect(heard).toEqual(['a'])
})

test('where there is no EventTarget, the class says what it lacks, and what does without', () => {
  expect(() => new EventSource(url)).toThrow(TypeError)
  expect(() => new EventSource(url)).toThrow(/needs Event and EventTarget.*fetchEventStream needs neither/)
})

test('where signals have no reason, iteration throws an AbortError', async () => {
  const controller = new AbortController()
  Object.defineProperty(controller.signal, 'reason', { value: undefined })
  const { signal } = controller
  const stream = fetchEventStream(url, { signal, fetch: says(new ReadableStream()) })
  const reading = stream[Symbol.asyncIterator]().next()
  await stream.response
  controller.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'signal' })
})

test('where there is no DOMException, a URL that cannot be parsed throws a SyntaxError', async () => {
  vi.stubGlobal('EventTarget', nodeTarget)
  vi.resetModules()
  const client = await import('@millrace/client')
  expect(() => new client.EventSource('/prices')).toThrow(expect.objectContaining({ name: 'SyntaxError' }))
})
