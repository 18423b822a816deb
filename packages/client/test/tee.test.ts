import { collect, fetchEventStream, tee, textOf } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'

const events = (count: number): Step => ({
  type: 'repeat',
  times: count,
  steps: [{ type: 'event', data: '{n}' }],
})
const done: Step = { type: 'event', data: '[DONE]' }
const hang: Step = { type: 'hang' }

test('tee() gives every event to every branch, over one request', async () => {
  await using server = await play(scenario([events(500), done, { type: 'end' }]))
  const branches = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 3, { limit: 7 })
  const all = await Promise.all(branches.map((branch) => readAll(branch)))

  const numbers = Array.from({ length: 500 }, (_, n) => String(n + 1))
  expect(all.map(({ data }) => data)).toEqual([numbers, numbers, numbers])
  expect(all.map(({ outcome }) => outcome.type)).toEqual(['complete', 'complete', 'complete'])
  expect(await server.requests()).toHaveLength(1)
})

test('tee() lets no branch be further ahead than the limit, and goes on when the slow one does', async () => {
  await using server = await play(scenario([events(100), done, hang]))
  const [fast, slow] = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 2, { limit: 10 })
  let ahead = 0
  const reading = readAll(fast, () => (ahead += 1))
  const behind = slow[Symbol.asyncIterator]()
  expect((await behind.next()).value?.data).toBe('1')
  // Ten events are kept for the slow branch: the fast one has these and the first, and waits for more.
  await expect.poll(() => ahead).toBe(11)
  await behind.next()
  await expect.poll(() => ahead).toBe(12)
  while (!(await behind.next()).done);

  expect((await reading).data).toHaveLength(100)
})

test('tee() reads nothing that no branch waits for', async () => {
  await using server = await play(scenario([events(100), hang]))
  const stream = fetchEventStream(server.url, { json: {} })
  const [one, two] = tee(stream, 2)
  const [reader, other] = [one[Symbol.asyncIterator](), two[Symbol.asyncIterator]()]
  await reader.next()
  await other.next()
  await reader.next()
  // The other events are here already: who reads ahead would have them by now.
  await new Promise((resolve) => setTimeout(resolve))

  expect(stream.cursor.events).toBe(2)
  stream.close()
})

test('a branch goes on when the one that it waits for leaves, which then has nothing more', async () => {
  await using server = await play(scenario([events(100), done, hang]))
  const [fast, slow] = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 2, { limit: 10 })
  let ahead = 0
  const reading = readAll(fast, () => (ahead += 1))
  const behind = slow[Symbol.asyncIterator]()
  await behind.next()
  await expect.poll(() => ahead).toBe(11)
  await behind.return?.()

  expect((await reading).data).toHaveLength(100)
  expect(await behind.next()).toEqual({ done: true, value: undefined })
})

test('a branch that leaves does not stop the others; the last to leave closes the socket', async () => {
  await using server = await play(scenario([events(3), hang]))
  const [one, two] = tee(fetchEventStream(server.url, { json: {} }), 2, { limit: 1 })
  const other = two[Symbol.asyncIterator]()
  for await (const { data } of one) {
    if (data === '1') break
  }
  expect([(await other.next()).value?.data, (await other.next()).value?.data]).toEqual(['1', '2'])
  await other.return?.()

  expect((await server.closed()).exchanges[0]?.state).toBe('aborted')
  expect(await one.outcome).toMatchObject({ type: 'aborted', by: 'consumer' })
})

test('a branch that is thrown into, by a generator that passes it on, throws that and leaves', async () => {
  await using server = await play(scenario([events(2), hang]))
  const [one, two] = tee(fetchEventStream(server.url, { json: {} }), 2)
  async function* passed() {
    yield* one
  }
  const reader = passed()
  await reader.next()
  const error = new TypeError('enough')

  await expect(reader.throw(error)).rejects.toBe(error)
  for await (const { data } of two) {
    if (data === '2') break
  }
  expect(await two.outcome).toMatchObject({ type: 'aborted', by: 'consumer' })
  await server.closed()
})

test('every branch throws what the stream throws, after its last event', async () => {
  await using server = await play(scenario([events(2), { type: 'end' }]))
  const branches = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 2)
  const all = await Promise.all(branches.map((branch) => readAll(branch)))

  for (const { data, error } of all) {
    expect(data).toEqual(['1', '2'])
    expect(error).toMatchObject({ code: 'truncated' })
  }
})

test('a branch answers several next() without waiting in order, and ends them when it leaves', async () => {
  await using server = await play(scenario([events(2), hang]))
  const [branch] = tee(fetchEventStream(server.url, { json: {} }), 2)
  const reader = branch[Symbol.asyncIterator]()
  const three = [reader.next(), reader.next(), reader.next()] as const
  expect([(await three[0]).value?.data, (await three[1]).value?.data]).toEqual(['1', '2'])
  await reader.return?.()

  expect(await three[2]).toEqual({ done: true, value: undefined })
})

test('after a first next(), a loop over the same iterator has the rest, of a stream and of a branch', async () => {
  await using server = await play(scenario([events(3), done, { type: 'end' }]))
  const stream = () => fetchEventStream(server.url, { json: {}, until: '[DONE]' })
  const [branch] = tee(stream(), 2)

  for (const each of [stream(), branch]) {
    const iterator = each[Symbol.asyncIterator]()
    const first = await iterator.next()
    const rest: string[] = []
    for await (const { data } of iterator) rest.push(data)
    expect([first.value?.data, ...rest]).toEqual(['1', '2', '3'])
  }
})

test('a branch can be collected while another is shown', async () => {
  await using server = await play(scenario([events(3), done, { type: 'end' }]))
  const [shown, saved] = tee(fetchEventStream(server.url, { json: {}, until: '[DONE]' }), 2)
  const show = async () => {
    let text = ''
    for await (const piece of textOf(shown)) text += piece
    return text
  }
  const [text, answer] = await Promise.all([show(), collect(saved)])

  expect(text).toBe('123')
  expect(answer.text).toBe('123')
  expect(answer.outcome.type).toBe('complete')
})

test('a stream that has ended is not told to end by branches that leave', async () => {
  const stream = fetchEventStream('http://a.test/', { fetch: () => new Promise(() => {}) })
  let told = 0
  const ended = {
    outcome: stream.outcome,
    response: stream.response,
    protocol: null,
    terminator: null,
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: true, value: undefined }) as const,
      return: async () => ({ done: true, value: void told++ }) as const,
    }),
  }
  for (const branch of tee(ended, 2)) {
    const reader = branch[Symbol.asyncIterator]()
    expect(await reader.next()).toEqual({ done: true, value: undefined })
    await reader.return?.()
  }
  stream.close()
  expect(told).toBe(0)
})

test('tee() of a stream that has a consumer, or of no branches, throws', async () => {
  const stream = fetchEventStream('http://a.test/', { fetch: async () => new Response(''), retry: false })

  expect(() => tee(stream, 0)).toThrow(
    expect.objectContaining({
      code: 'invalid-option',
      message: expect.stringContaining('number of branches'),
    }),
  )
  expect(() => tee(stream, 2, { limit: Number.NaN })).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining('`limit`') }),
  )
  tee(stream, 2)
  expect(() => tee(stream, 2)).toThrow(
    expect.objectContaining({
      code: 'already-consumed',
      message: expect.stringContaining('use tee(stream, n)'),
    }),
  )
  stream.close()
})

test('a branch has one consumer, like the stream', () => {
  const stream = fetchEventStream('http://a.test/', { fetch: () => new Promise(() => {}) })
  const [branch] = tee(stream, 2)
  branch[Symbol.asyncIterator]()

  expect(() => branch[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'already-consumed' }))
  stream.close()
})
