import { streamFn } from '@millrace/client/adapters'
import { scenario, type Step } from '@millrace/test-server/scenario'
import {
  experimental_streamedQuery as streamedQuery,
  QueryClient,
  QueryClientProvider,
  useQuery,
} from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { mountReact } from '../../packages/client/test/support/mount-react.tsx'
import { play } from '../../test/support/remote.ts'

const tokens = (...texts: string[]): Step[] => texts.map((data) => ({ type: 'event', data }))

function Answer({ url }: { url: string }): ReactNode {
  const { data, error, fetchStatus } = useQuery({
    queryKey: ['answer', url],
    retry: false,
    queryFn: streamedQuery({
      // Written inline, where its events were `unknown` to the reducer.
      streamFn: streamFn(url, { json: { prompt: 'Hi' }, until: '[DONE]' }),
      initialValue: '',
      reducer: (text, event) => text + event.data,
    }),
  })
  return <p>{`${fetchStatus} "${data}" ${error}`}</p>
}

const page = (url: string) =>
  mountReact(
    <QueryClientProvider client={new QueryClient()}>
      <Answer url={url} />
    </QueryClientProvider>,
  )

test('streamFn() brings a streamedQuery each event of an answer, up to its terminator', async () => {
  await using server = await play(
    scenario([...tokens('Das ', 'Wasser '), { type: 'gate', name: 'more' }, ...tokens('läuft', '[DONE]')]),
  )
  using shown = page(server.url)
  await shown.says('fetching "Das Wasser "')
  await server.release('more')
  await shown.says('idle "Das Wasser läuft" null')

  expect(await server.requests(1)).toMatchObject([{ method: 'POST', body: '{"prompt":"Hi"}' }])
})

test('streamFn() makes a cut answer an error of the query', async () => {
  await using server = await play(scenario([...tokens('half'), { type: 'end' }]))
  using shown = page(server.url)
  await shown.says(/idle "half" EventStreamError: The answer is not complete/)
})

test('streamFn() closes the connection when the last observer goes', async () => {
  await using server = await play(scenario([...tokens('half'), { type: 'hang' }]))
  using shown = page(server.url)
  await shown.says('fetching "half"')
  shown.unmount()

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})
