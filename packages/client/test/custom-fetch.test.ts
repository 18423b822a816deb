import { EventSource, fetchEventStream, type ConnectionOptions } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { hear } from '../../../test/support/heard.ts'
import { play } from '../../../test/support/remote.ts'

/** As npm's eventsource has it done, and so the libraries that were written for it. */
const spreading: NonNullable<ConnectionOptions['fetch']> = (url, init) =>
  fetch(url, { ...init, headers: { ...init.headers, 'X-Desk': '7' } })

const twice = scenario(
  [{ type: 'event', id: '1', data: 'before', retry: 0 }, { type: 'end' }],
  [{ type: 'event', id: '2', data: 'after' }, { type: 'hang' }],
)
const whatWasAsked = [
  { accept: 'text/event-stream', 'x-desk': '7' },
  { accept: 'text/event-stream', 'x-desk': '7', 'last-event-id': '1' },
]

test.concurrent('a fetch that spreads the headers keeps those of the class, the last event ID among them', async () => {
  await using server = await play(twice)
  const source = new EventSource(server.url, { fetch: spreading })
  await hear(source, 'message').nth('message', 2)
  source.close()
  expect((await server.requests(2)).map(({ headers }) => headers)).toMatchObject(whatWasAsked)
})

test.concurrent('a fetch that spreads the headers keeps those of a stream, and the content type of its JSON', async () => {
  await using server = await play(twice)
  for await (const { data } of fetchEventStream(server.url, { fetch: spreading })) if (data === 'after') break
  expect((await server.requests(2)).map(({ headers }) => headers)).toMatchObject(whatWasAsked)

  await using once = await play(scenario([{ type: 'event', data: 'whole' }, { type: 'end' }]))
  await fetchEventStream(once.url, { fetch: spreading, json: {} }).done()
  expect((await once.requests(1))[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-desk': '7',
  })
})
