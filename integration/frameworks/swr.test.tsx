import { swrSubscription } from '@millrace/client/adapters'
import { scenario } from '@millrace/test-server/scenario'
import { StrictMode, type ReactNode } from 'react'
import useSWRSubscription from 'swr/subscription'
import { expect, test } from 'vitest'
import { mountReact } from '../../packages/client/test/support/mount-react.tsx'
import { play } from '../../test/support/remote.ts'

const numbers = Array.from({ length: 100 }, (_, n) => String(n))
const collecting = swrSubscription({
  initial: [] as readonly string[],
  reduce: (all, event) => [...all, event.data],
})

function Feed({ url }: { url: string }): ReactNode {
  const { data, error } = useSWRSubscription(url, collecting)
  return <p>{`data=${data} error=${error}`}</p>
}

test('swrSubscription() brings useSWRSubscription all of 100 events in one chunk, and closes at unmount', async () => {
  await using server = await play(
    scenario([{ type: 'text', text: numbers.map((n) => `data: ${n}\n\n`).join('') }, { type: 'hang' }]),
  )
  using page = mountReact(<Feed url={server.url} />)
  await page.says(`data=${numbers} error=`)
  page.unmount()

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})

test('swrSubscription() under StrictMode, where SWR subscribes twice, leaves one connection open', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'once' }, { type: 'hang' }]))
  using page = mountReact(<Feed url={server.url} />, StrictMode)
  await page.says('data=once error=')

  const { exchanges } = await server.closed()
  expect(exchanges.filter(({ state }) => state === 'open')).toHaveLength(1)
})

test('swrSubscription() tells useSWRSubscription why the connection is over', async () => {
  await using server = await play(scenario([{ type: 'status', status: 403 }, { type: 'end' }]))
  using page = mountReact(<Feed url={server.url} />)
  await page.says('error=EventStreamError: The server answered 403')
})
