import { fetchEventStream, lastEventIdGet, type EventStream, type Observation } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../test/support/remote.ts'
import { expectedInTest, reportedError } from '../../../test/support/reported-error.ts'
import { skipping } from '../../../test/support/skipping.ts'
import { fetchGiving } from './support/fetch-giving.ts'

const text = (...lines: string[]): Step => ({ type: 'text', text: `${lines.join('\n')}\n\n` })

/** An entry on one line, without its time and the members that an address or an engine decides. */
function told(entry: Observation): string {
  const { type, attempt } = entry
  switch (entry.type) {
    case 'response':
      return `${attempt} ${type} ${entry.status}`
    case 'event':
      return `${attempt} ${type} ${entry.name} ${entry.lastEventId}`
    case 'skipped':
      return `${attempt} ${type} ${entry.name} ${entry.error?.code}`
    case 'comment':
      return `${attempt} ${type} ${entry.comment}`
    case 'id':
      return `${attempt} ${type} ${entry.id}`
    case 'retry':
      return `${attempt} ${type} ${entry.ms}`
    case 'error':
      return `${attempt} ${type} ${entry.error.code} ${entry.error.willRetry}`
    case 'scheduled':
      return `${attempt} ${type} ${entry.delay}`
    case 'close':
      return `${attempt} ${type} ${entry.reason}`
    default:
      return `${attempt} ${type}`
  }
}

/** An answer that goes on after a cut, without the waits. */
function observed(url: string) {
  const { options, observations } = skipping()
  const stream = fetchEventStream(url, { json: {}, until: '[DONE]', resume: lastEventIdGet, ...options })
  return { stream, observations }
}

test('observe is told everything in its order, over two connections', async () => {
  await using server = await play(
    scenario(
      [text(': hi', 'retry: 700', 'id: 1', 'event: a', 'data: 1', '', 'id: 2'), { type: 'end' }],
      [text('data: 2', '', 'data: [DONE]'), { type: 'end' }],
    ),
  )
  const { stream, observations } = observed(server.url)
  await stream.done()

  expect(observations.map(told)).toEqual([
    '1 attempt',
    '1 response 200',
    '1 open',
    '1 comment hi',
    '1 retry 700',
    '1 id 1',
    '1 event a 1',
    '1 id 2',
    '1 error truncated true',
    '1 scheduled 700',
    '2 attempt',
    '2 response 200',
    '2 open',
    '2 event message 2',
    '2 close complete',
  ])
  const times = observations.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('observe is told of the event that ends the answer before it is told of the end', async () => {
  await using server = await play(
    scenario([text('data: 1'), text('event: done', 'data: 2'), { type: 'hang' }]),
  )
  const { options, observations } = skipping()
  await fetchEventStream(server.url, { json: {}, until: { event: 'done' }, ...options }).done()

  expect(observations.map(told)).toEqual([
    '1 attempt',
    '1 response 200',
    '1 open',
    '1 event message ',
    '1 event done ',
    '1 close complete',
  ])
})

test('observe is told how many bytes have come, over all connections', async () => {
  await using server = await play(
    scenario([text('id: 1', 'data: 1'), { type: 'end' }], [text('data: [DONE]'), { type: 'end' }]),
  )
  const { stream, observations } = observed(server.url)
  const { bytes } = await stream.done()

  const first = 'id: 1\ndata: 1\n\n'.length
  expect(bytes).toBe(first + 'data: [DONE]\n\n'.length)
  const received = observations.map((entry) => [entry.type, entry.received])
  expect(received).toEqual([
    ['attempt', 0],
    ['response', 0],
    ['open', 0],
    ['id', first],
    ['event', first],
    ['error', first],
    ['scheduled', first],
    ['attempt', first],
    ['response', first],
    ['open', first],
    ['close', bytes],
  ])
})

test('nothing that observe is told holds a secret of the request', async () => {
  const secrets = ['header-secret', 'query-secret']
  let requests = 0
  const { options, observations } = skipping()
  const stream = fetchEventStream('http://a.test/?token=query-secret', {
    headers: { authorization: 'Bearer header-secret' },
    json: {},
    until: '[DONE]',
    resume: lastEventIdGet,
    fetch: async (...request) => {
      requests++
      return requests === 1
        ? fetchGiving({ data: '1', id: '1' })(...request)
        : new Response(`no: ${secrets.join(' ')}`, { status: 401, headers: { 'x-echo': secrets.join() } })
    },
    ...options,
  })
  await stream.done()

  expect(observations.filter(({ type }) => type === 'response')).toMatchObject([
    { status: 200, url: 'http://a.test/?…' },
    { status: 401, url: 'http://a.test/?…' },
  ])
  expect(observations.at(-2)).toMatchObject({ type: 'error', error: { status: 401, body: 'no: … …' } })
  expect(secrets.filter((secret) => JSON.stringify(observations).includes(secret))).toEqual([])
})

test('observe is told of an event that is left out, and of an ID that is too long to be sent', async () => {
  const seen: string[] = []
  const stream = fetchEventStream('http://a.test/', {
    json: {},
    fetch: fetchGiving({ event: 'odd', data: '1' }, { data: 'not JSON', id: 'x'.repeat(8001) }),
    schema: {
      message: { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } },
    },
    onInvalid: 'skip',
    observe: (entry) => {
      seen.push(entry.type === 'id-too-long' ? `too long: ${entry.bytes}` : told(entry).slice(0, 40))
    },
  })
  await stream.done()

  expect(seen.slice(3)).toEqual([
    '1 skipped odd undefined',
    `1 id ${'x'.repeat(35)}`,
    'too long: 8001',
    '1 skipped message parse',
    '1 close ended',
  ])
})

test.each([
  ['close', 'close()'],
  ['consumer', 'break'],
  ['signal', 'a signal'],
  ['failed', 'an error'],
])('the last thing that observe is told is who ended it: %s, for %s', async (reason) => {
  const seen: Observation[] = []
  const controller = new AbortController()
  const stream = fetchEventStream('http://a.test/', {
    json: {},
    until: '[DONE]',
    fetch: fetchGiving({ data: '1' }),
    signal: controller.signal,
    observe: (entry) => void seen.push(entry),
  })
  const reading = (async () => {
    for await (const _ of stream) {
      if (reason === 'close') stream.close()
      if (reason === 'signal') controller.abort()
      if (reason === 'consumer') break
    }
  })()
  await reading.catch(() => {})

  expect(seen.at(-1)).toMatchObject({ type: 'close', reason })
})

test('an observer that throws is reported, and stops nothing', async () => {
  const reported = reportedError()
  const stream = fetchEventStream('http://a.test/', {
    json: {},
    until: 'over',
    fetch: fetchGiving({ data: '1' }, { data: 'over' }),
    observe: ({ type }) => {
      if (type === 'event') throw new TypeError(expectedInTest)
    },
  })

  expect(await stream.done()).toMatchObject({ type: 'complete', events: 1 })
  expect(await reported).toMatchObject({ message: expectedInTest })
})

test('an observer that closes at a lone ID finds it in the outcome, as in the cursor', async () => {
  await using server = await play(scenario([text('id: a', 'data: 1', '', 'id: b'), { type: 'hang' }]))
  const stream: EventStream = fetchEventStream(server.url, {
    observe: (entry) => {
      if (entry.type === 'id' && entry.id === 'b') stream.close()
    },
  })

  expect(await stream.done()).toMatchObject({ type: 'aborted', lastEventId: 'b' })
  expect(stream.cursor.lastEventId).toBe('b')
})
