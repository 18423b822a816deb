import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('in two ')
  yield new TextEncoder().encode('pieces')
}

test('a body that is an async iterable is sent, as Node’s fetch sends it', async () => {
  await using server = await play(scenario([{ type: 'event', data: '[DONE]' }]))
  const stream = fetchEventStream(server.url, { method: 'POST', body: pieces() as never, until: '[DONE]' })

  expect(await stream.done()).toMatchObject({ type: 'complete' })
  expect(await server.requests(1)).toMatchObject([{ body: 'in two pieces' }])
})
