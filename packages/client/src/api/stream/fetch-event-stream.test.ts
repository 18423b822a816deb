import { chatCut, scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { skipping } from '../../../../../test/support/skipping.ts'
import { fetchEventStream, lastEventIdGet } from '@millrace/client'

async function dataOf(stream: AsyncIterable<{ data: string }>): Promise<string[]> {
  const all: string[] = []
  for await (const { data } of stream) all.push(data)
  return all
}

test.concurrent('fetchEventStream() sends json by POST and hands over the events up to the terminator', async () => {
  await using server = await play(
    scenario([
      { type: 'event', data: 'a' },
      { type: 'event', data: 'b', event: 'named', id: '7' },
      { type: 'event', data: '[DONE]' },
      { type: 'hang' },
    ]),
  )
  const stream = fetchEventStream(server.url, { json: { prompt: 'Hi' }, until: '[DONE]' })
  const events = []
  for await (const event of stream) events.push(event)

  expect(events).toEqual([
    { type: 'message', data: 'a', raw: 'a', lastEventId: '' },
    { type: 'named', data: 'b', raw: 'b', lastEventId: '7' },
  ])
  expect(await stream.outcome).toMatchObject({
    type: 'complete',
    events: 2,
    attempts: 1,
    lastEventId: '7',
    tail: 0,
  })
  const [request] = await server.requests(1)
  expect(request).toMatchObject({ method: 'POST', body: '{"prompt":"Hi"}' })
  expect(request?.headers).toMatchObject({ accept: 'text/event-stream', 'content-type': 'application/json' })
  await server.closed()
})

test.concurrent('fetchEventStream() leaves a content type and a key as the app set them by hand', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'all' }, { type: 'end' }]))
  const own = {
    accept: 'text/event-stream;q=1',
    'content-type': 'application/ld+json',
    'idempotency-key': 'mine',
  }
  await fetchEventStream(server.url, { json: {}, idempotencyKey: 'ours', headers: own }).done()
  expect((await server.requests(1))[0]?.headers).toMatchObject(own)
})

test.concurrent('fetchEventStream() throws truncated after the last event when the body ends without the terminator', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'half' }, { type: 'end' }]))
  const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]' })
  const seen: string[] = []
  const reading = (async () => {
    for await (const { data } of stream) seen.push(data)
  })()

  await expect(reading).rejects.toMatchObject({ name: 'EventStreamError', code: 'truncated' })
  expect(seen).toEqual(['half'])
  expect(await stream.outcome).toMatchObject({ type: 'truncated', events: 1, attempts: 1 })
  expect(await server.requests(1)).toHaveLength(1)
})

test.concurrent('fetchEventStream() without until tells a clean end of a POST as ended, and sends nothing again', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'all' }, { type: 'end' }]))
  const stream = fetchEventStream(server.url, { json: {} })

  expect(await dataOf(stream)).toEqual(['all'])
  expect(await stream.outcome).toMatchObject({ type: 'ended', attempts: 1 })
})

test.concurrent('fetchEventStream() takes a 204 for no answer where until says what a whole one ends with', async () => {
  await using server = await play(scenario([{ type: 'status', status: 204 }, { type: 'end' }]))
  const ask = (until?: string) => fetchEventStream(server.url, { json: {}, ...(until && { until }) })

  const whole = ask('[DONE]')
  await expect(dataOf(whole)).rejects.toMatchObject({ code: 'no-content', status: 204 })
  expect(await whole.outcome).toMatchObject({ type: 'truncated', error: { code: 'no-content' } })
  const any = ask()
  expect(await dataOf(any)).toEqual([])
  expect(await any.outcome).toMatchObject({ type: 'ended', error: { code: 'no-content' } })
})

test.concurrent('fetchEventStream() resumes an answer that is reset inside a character, by GET from the last event ID', async () => {
  const pieces = ['Das ', 'Wasser ', 'läuft ', 'über ', 'die ', 'Mühle']
  await using server = await play(chatCut({ pieces, every: 0, cuts: [3], gate: 'cut' }))
  const stream = fetchEventStream(server.url, {
    ...skipping().options,
    json: {},
    until: '[DONE]',
    resume: lastEventIdGet,
  })
  let text = ''
  for await (const { data } of stream) {
    text += JSON.parse(data).choices[0].delta.content
    if (text === 'Das Wasser ') await server.release('cut')
  }

  expect(text).toBe('Das Wasser läuft über die Mühle')
  expect(await stream.outcome).toMatchObject({ type: 'complete', events: 6, attempts: 2, lastEventId: '6' })
  const requests = await server.requests(2)
  expect(requests.map(({ method, headers }) => [method, headers['last-event-id']])).toEqual([
    ['POST', undefined],
    ['GET', '2'],
  ])
})

test.concurrent('fetchEventStream() gives a refused reply as an error with its status and the start of its body', async () => {
  await using server = await play(
    scenario([
      { type: 'status', status: 401 },
      { type: 'headers', headers: { 'content-type': 'application/json', 'x-request-id': 'r-1' } },
      { type: 'text', text: '{"error":"no key"}' },
      { type: 'end' },
    ]),
  )
  const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]' })

  await expect(stream.response).rejects.toMatchObject({ code: 'http-status' })
  await expect(dataOf(stream)).rejects.toMatchObject({
    code: 'http-status',
    status: 401,
    requestId: 'r-1',
    body: '{"error":"no key"}',
    willRetry: false,
  })
  expect(await stream.outcome).toMatchObject({ type: 'server-error', requestId: 'r-1', events: 0 })
})

test.concurrent('fetchEventStream() by GET goes on after a clean end, from the last event ID', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'event', data: 'one', id: '1' }, { type: 'end' }] },
      { steps: [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }] },
    ],
  })
  const stream = fetchEventStream(server.url, { retry: { initialDelay: 0 } })
  const seen: string[] = []
  for await (const { data } of stream) {
    seen.push(data)
    if (data === 'two') break
  }

  expect(seen).toEqual(['one', 'two'])
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'consumer', attempts: 2 })
  const { requests } = await server.closed(2)
  expect(requests[1]?.headers['last-event-id']).toBe('1')
})

test.concurrent('fetchEventStream() throws the reason of its signal, and the server sees the socket close', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'one' }, { type: 'hang' }]))
  const controller = new AbortController()
  const stream = fetchEventStream(server.url, { json: {}, signal: controller.signal })
  const reason = new TypeError('enough')
  const reading = (async () => {
    for await (const { data } of stream) if (data === 'one') controller.abort(reason)
  })()

  await expect(reading).rejects.toBe(reason)
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'signal', events: 1 })
  await server.closed()
})

test.concurrent('fetchEventStream() sends nothing when its signal is aborted already', async () => {
  let calls = 0
  const stream = fetchEventStream('http://127.0.0.1:1/', {
    signal: AbortSignal.abort('no'),
    fetch: async () => {
      calls++
      return new Response()
    },
  })

  await expect(dataOf(stream)).rejects.toBe('no')
  expect(calls).toBe(0)
})
