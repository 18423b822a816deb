import { fetchEventStream, toReadableStream } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'

const end: Step = { type: 'end' }
const hang: Step = { type: 'hang' }
const event = (data: string): Step => ({ type: 'event', data })

test('toReadableStream() gives the events, and ends with the stream', async () => {
  await using server = await play(scenario([event('a'), event('b'), event('[DONE]'), hang]))
  const reader = toReadableStream(fetchEventStream(server.url, { json: {}, until: '[DONE]' })).getReader()

  expect((await reader.read()).value).toMatchObject({ data: 'a' })
  expect((await reader.read()).value).toMatchObject({ data: 'b' })
  expect((await reader.read()).done).toBe(true)
})

test('toReadableStream() errors with what the stream throws', async () => {
  await using server = await play(scenario([event('a'), end]))
  const reader = toReadableStream(fetchEventStream(server.url, { json: {}, until: '[DONE]' })).getReader()

  expect((await reader.read()).value).toMatchObject({ data: 'a' })
  await expect(reader.read()).rejects.toMatchObject({ code: 'truncated' })
})

test('toReadableStream() of batches closes the stream when it is cancelled while a read waits', async () => {
  await using server = await play(scenario([event('a'), hang]))
  const stream = fetchEventStream(server.url, { json: {} })
  const reader = toReadableStream(stream.batches()).getReader()
  await reader.read()
  void reader.read()
  await reader.cancel()

  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'consumer' })
  await server.closed()
})

test('toReadableStream() closes the stream when it is cancelled', async () => {
  await using server = await play(scenario([event('a'), hang]))
  const stream = fetchEventStream(server.url, { json: {} })
  const reader = toReadableStream(stream).getReader()
  await reader.read()
  await reader.cancel()

  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'consumer' })
  await server.closed()
})

test('toReadableStream() asks for nothing before its reader does, and can let go of an iterable that cannot end', async () => {
  let asked = 0
  const next = async () => ({ value: ++asked })
  const stream = toReadableStream({ [Symbol.asyncIterator]: () => ({ next }) })
  await new Promise((resolve) => setTimeout(resolve))
  expect(asked).toBe(0)

  const reader = stream.getReader()
  expect((await reader.read()).value).toBe(1)
  await reader.cancel()
  expect(asked).toBe(1)
})
