import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server'
import { test } from '@millrace/test-server/vitest'
import { expect } from 'vitest'

test('goes on after a cut', async ({ serve }) => {
  const server = await serve(
    scenario(
      [{ type: 'event', id: '1', data: 'one' }, { type: 'gate', name: 'seen' }, { type: 'reset' }],
      [{ type: 'event', id: '2', data: 'two' }, { type: 'hang' }], // answers every later request
    ),
  )
  for await (const { data } of fetchEventStream(server.url)) {
    if (data === 'one') server.release('seen') // the reset comes when the client has read the event
    if (data === 'two') break
  }
  expect(server.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '1'])
  await server.whenClosed(2) // `break` has closed the connection
})
