import { EventSource, fetchEventStream } from '@millrace/client'
import { named } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from './support/remote.ts'
import { skipping } from './support/skipping.ts'

const posts = Array.from({ length: 10 }, (_, index) => `post ${index + 1}`)
const feed = named('paged-feed').scenario

test.concurrent('a client of the class ends on `close` instead of starting over', async () => {
  await using played = await play(feed)
  const seen: string[] = []
  await new Promise<void>((resolve) => {
    const source = new EventSource(played.url, skipping().options)
    source.addEventListener('post', ({ data }) => seen.push(data))
    source.addEventListener('close', () => {
      source.close()
      resolve()
    })
  })
  expect(seen).toEqual(posts)
  expect((await played.closed(3)).requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '4', '8'])
})

test.concurrent('a client of fetchEventStream ends on `close` with a complete outcome', async () => {
  await using played = await play(feed)
  const seen: string[] = []
  const stream = fetchEventStream(played.url, { until: { event: 'close' }, ...skipping().options })
  for await (const event of stream) if (event.type === 'post') seen.push(event.data)
  expect(seen).toEqual(posts)
  expect((await stream.outcome).type).toBe('complete')
  expect((await played.closed(3)).requests).toHaveLength(3)
})

test.concurrent('a client that knows no `close` is ended by the 204 that follows', async () => {
  await using played = await play(feed)
  const source = new EventSource(played.url, skipping().options)
  await new Promise<void>((resolve) => {
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) resolve()
    })
  })
  expect((await played.closed(4)).exchanges.map(({ status }) => status)).toEqual([200, 200, 200, 204])
})
