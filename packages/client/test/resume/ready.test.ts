import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'

test('a preset whose ready() throws ends the stream with its error', async () => {
  const cause = new RangeError('boom')
  const ready = () => {
    throw cause
  }
  const fetch = async () => new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })
  const stream = fetchEventStream('https://a.example/', {
    fetch,
    json: {},
    until: '[DONE]',
    resume: { request: () => null, ready },
  })

  expect(await stream.done()).toMatchObject({ resumable: false, error: { code: 'invalid-option', cause } })
})

test('a stream is over, and cannot be resumed, where ready() throws at its end', async () => {
  const text = '123'.replace(/./g, (n) => `id: ${n}\ndata: ${n}\n\n`)
  await using server = await play(scenario([{ type: 'text', text }, { type: 'hang' }]))
  const stream = fetchEventStream(server.url, {
    json: {},
    resume: {
      request: () => null,
      ready: ({ lastEventId }) => {
        if (lastEventId === '2') throw new RangeError('boom')
        return true
      },
    },
  })
  for await (const { data } of stream) if (data === '2') break

  expect(await stream.outcome).toMatchObject({ type: 'aborted', lastEventId: '2', resumable: false })
})
