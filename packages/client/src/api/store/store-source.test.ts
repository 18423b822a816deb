import { scenario } from '@millrace/test-server/scenario'
import { createEventStore, fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { settled } from '../../../test/support/source-by-hand.ts'
import { shown } from '../../../test/support/shown.ts'

const event = (data: string) => ({ type: 'message', data, raw: data, lastEventId: '' })

test('createEventStore() reads any async iterable of events, and shows what it throws', async () => {
  async function* source() {
    yield event('a')
    yield event('b')
    throw new RangeError('broken')
  }
  const store = createEventStore(source, { batch: 'microtask' })
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')

  expect(store.getSnapshot()).toMatchObject({ data: 'b', error: { code: 'network' }, outcome: null })
  expect(store.getSnapshot().error?.cause).toBeInstanceOf(RangeError)
})

test('createEventStore() takes a source that is a promise, and closes it when the run was stopped meanwhile', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  const store = createEventStore(async (_: void, link) => fetchEventStream(server.url, link))
  store.start()
  await shown(store, ({ phase, data }) => phase === 'open' && data === 'a')
  store.stop()
  await server.closed(1)

  let resolve = () => {}
  const token = new Promise<void>((done) => (resolve = done))
  const stream = fetchEventStream(server.url)
  const heedless = createEventStore(async () => {
    await token
    return stream
  })
  heedless.start()
  await settled()
  heedless.stop()
  resolve()
  expect(await stream.outcome).toMatchObject({ type: 'aborted', by: 'close' })
})

test.each([
  ['rejects', () => Promise.reject(new RangeError('no token'))],
  [
    'throws',
    () => {
      throw new RangeError('no token')
    },
  ],
])('createEventStore() says that its source %s', async (_, source: () => Promise<never>) => {
  const store = createEventStore(source)
  store.start()
  await shown(store, ({ phase }) => phase === 'closed')
  expect(store.getSnapshot().error).toMatchObject({
    code: 'invalid-option',
    message: '`source` threw an error; see `cause`',
    cause: { message: 'no token' },
  })
})
