import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, type SubscriptionOptions } from '@millrace/client/react'
import { virtualTime } from '@millrace/client/testing'
import { lazy, StrictMode, Suspense, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { leastOfFive } from '../../../../test/support/least-of-five.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { hydrateReact, mountReact } from '../../test/support/mount-react.tsx'

const numbers = Array.from({ length: 100 }, (_, n) => String(n))
const burst: Step = { type: 'text', text: numbers.map((n) => `data: ${n}\n\n`).join('') }
const after = (gate: string, ...steps: Step[]) =>
  scenario([{ type: 'open' }, { type: 'gate', name: gate }, ...steps, { type: 'hang' }])

function Feed({ url, options }: { url: string | null; options?: SubscriptionOptions }): ReactNode {
  const { data, phase, history, lastEventId } = useEventSource(url, options)
  return <p>{`${phase} data=${data} last=${lastEventId} history=${history.map((event) => event.data)}`}</p>
}

test('useEventSource() brings 100 events of one chunk to onEvent, reduce and history in order, in at most 2 renders', async () => {
  await using server = await play(after('burst', burst))
  const heard: string[] = []
  function All(): ReactNode {
    const { data, history, phase } = useEventSource(server.url, {
      initial: [] as string[],
      reduce: (all, event) => [...all, event.data],
      history: 10,
      onEvent: (event) => heard.push(event.data),
    })
    return <p>{`${phase} ${data} history=${history.map((event) => event.data)}`}</p>
  }
  using page = mountReact(<All />)
  await page.says('open')
  const before = page.commits
  await server.release('burst')
  await page.says(`open ${numbers} history=${numbers.slice(-10)}`)

  expect(page.commits - before).toBeLessThanOrEqual(2)
  expect(heard).toEqual(numbers)
})

test('useEventSource() shows 20 equal payloads as 20 events', async () => {
  await using server = await play(
    scenario([
      ...Array.from({ length: 20 }, (): Step => ({ type: 'event', data: 'same' })),
      { type: 'hang' },
    ]),
  )
  using page = mountReact(<Feed url={server.url} />)
  await page.says(`history=${Array.from({ length: 20 }, () => 'same')}`)
})

test('useEventSource() sends one request under StrictMode', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'hello' }, { type: 'hang' }]))
  using page = mountReact(<Feed url={server.url} />, StrictMode)
  await page.says('data=hello')
  page.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() with inline options, headers and callbacks keeps its connection, and calls the latest ones', async () => {
  await using server = await play(after('go', { type: 'event', data: 'x' }))
  const heard: string[] = []
  const feed = (n: number) => (
    <Feed
      url={server.url}
      options={{
        headers: { 'x-render': String(n) },
        retry: { maxAttempts: 5 },
        onEvent: () => heard.push(`render ${n}`),
      }}
    />
  )
  using page = mountReact(feed(0))
  await page.says('open')
  for (let n = 1; n <= 50; n++) page.render(feed(n))
  await server.release('go')
  await page.says('data=x')

  expect(heard).toEqual(['render 50'])
  expect((await server.records()).requests).toHaveLength(1)
})

test('useEventSource() reconnects with the headers of the latest render', async () => {
  const drop: Step[] = [{ type: 'event', data: 'a' }, { type: 'gate', name: 'drop' }, { type: 'end' }]
  await using server = await play(scenario(drop, [{ type: 'event', data: 'b' }, { type: 'hang' }]))
  const { options } = skipping()
  const feed = (token: string) => (
    <Feed url={server.url} options={{ ...options, headers: { 'x-token': token } }} />
  )
  using page = mountReact(feed('first'))
  await page.says('data=a')
  page.render(feed('fresh'))
  await server.release('drop')
  await page.says('data=b')

  const { requests } = await server.records()
  expect(requests.map(({ headers }) => headers['x-token'])).toEqual(['first', 'fresh'])
})

test('useEventSource() with a new URL closes the old connection, and nothing of it lands after', async () => {
  await using old = await play(
    scenario([
      { type: 'event', data: 'old', id: 'o' },
      { type: 'gate', name: 'late' },
      { type: 'event', data: 'stale' },
      { type: 'hang' },
    ]),
  )
  await using fresh = await play(scenario([{ type: 'event', data: 'fresh' }, { type: 'hang' }]))
  const heard: string[] = []
  const options = { onEvent: ({ data }: { data: string }) => heard.push(data) }
  using page = mountReact(<Feed url={old.url} options={options} />)
  await page.says('data=old last=o history=old')
  page.render(<Feed url={fresh.url} options={options} />)
  await fresh.requests(1)
  await old.release('late')
  await page.says('open data=fresh last= history=fresh')
  await old.closed()

  expect(heard).toEqual(['old', 'fresh'])
  expect((await fresh.requests(1))[0]?.headers['last-event-id']).toBeUndefined()
})

test('useEventSource() with a new URL begins with the `initial` that came with it', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'new' }, { type: 'hang' }]))
  const shown: string[] = []
  function Room({ url, loaded }: { url: string | null; loaded: string[] }): ReactNode {
    const { data } = useEventSource(url, {
      initial: loaded,
      reduce: (all, event) => [...all, event.data],
    })
    shown.push(String(data))
    return <p>{`${data}!`}</p>
  }
  using page = mountReact(<Room url={null} loaded={['nothing']} />)
  await page.says('nothing!')
  page.render(<Room url={server.url} loaded={['loaded']} />)
  await page.says('loaded,new!')

  expect([...new Set(shown)]).toEqual(['nothing', 'loaded', 'loaded,new'])
})

test('useEventSource(null) opens nothing, and a URL that becomes null closes', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  using page = mountReact(<Feed url={null} />)
  await page.says('idle data=undefined')
  page.render(<Feed url={server.url} />)
  await page.says('data=a')
  page.render(<Feed url={null} />)
  await page.says('idle data=undefined')

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() closes the socket within 300 ms of unmounting', async () => {
  const taken = await leastOfFive(300, async () => {
    await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
    using page = mountReact(<Feed url={server.url} />)
    await page.says('data=a')
    const start = performance.now()
    page.unmount()
    const { exchanges } = await server.closed()
    const took = performance.now() - start
    expect(exchanges).toMatchObject([{ state: 'aborted' }])
    return took
  })
  expect(taken).toBeLessThan(300)
})

test('useEventSource() reconnects from the last event ID, and shows why and until when it waits', async () => {
  await using server = await play({
    replies: [
      {
        on: { resumed: false },
        steps: [{ type: 'event', data: 'one', id: '1' }, { type: 'gate', name: 'cut' }, { type: 'reset' }],
      },
      { steps: [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }] },
    ],
  })
  const { runtime, advance } = virtualTime()
  function Status(): ReactNode {
    const { phase, error, nextRetryAt, history } = useEventSource(server.url, { runtime })
    return <p>{`${phase} ${error?.code} ${nextRetryAt === null ? 'now' : 'later'} ${history.length}`}</p>
  }
  using page = mountReact(<Status />)
  await page.says('open undefined now 1')
  await server.release('cut')
  await page.says('waiting network later 1')
  await advance(10_000)
  await page.says('open undefined now 2')

  expect((await server.requests(2))[1]?.headers['last-event-id']).toBe('1')
})

test('useEventSource() with a shareKey: one connection and one state for all, closed with the last', async () => {
  await using server = await play(after('go', { type: 'event', data: 'shared', id: '1' }))
  const heard: string[] = []
  const feed = (name: string) => (
    <Feed
      key={name}
      url={server.url}
      options={{ shareKey: 'prices', onEvent: ({ data }) => heard.push(`${name} ${data}`) }}
    />
  )
  using page = mountReact([feed('a'), feed('b')], StrictMode)
  await page.says(/open.*open/)
  await server.release('go')
  await page.says(/shared.*shared/)
  page.render([feed('b'), feed('late')])
  await page.says(/shared last=1.*shared last=1/)

  expect(heard).toEqual(['a shared', 'b shared'])
  expect((await server.records()).exchanges).toMatchObject([{ state: 'open' }])
  page.unmount()
  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() in components that share, each with its own URL, opens one connection for each URL', async () => {
  await using one = await play(scenario([{ type: 'event', data: 'one' }, { type: 'hang' }]))
  await using two = await play(scenario([{ type: 'event', data: 'two' }, { type: 'hang' }]))
  const options = { shareKey: 'feed' }
  using page = mountReact([
    <Feed key="1" url={one.url} options={options} />,
    <Feed key="2" url={two.url} options={options} />,
  ])
  await page.says(/data=one.*data=two/)
})

test('useEventSource() opens nothing on a server, and hydrates without a mismatch', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'live' }, { type: 'hang' }]))
  const html = renderToString(<Feed url={server.url} options={{ shareKey: 'ssr' }} />)
  expect(html).toContain('idle data=undefined')
  expect((await server.records()).requests).toHaveLength(0)
  const problems: unknown[] = []
  using page = hydrateReact(html, <Feed url={server.url} options={{ shareKey: 'ssr' }} />, problems)
  await page.says('data=live')

  expect(problems).toEqual([])
  expect((await server.records()).requests).toHaveLength(1)
})

test('useEventSource() inside Suspense does not wait for ever, nor open twice', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'through' }, { type: 'hang' }]))
  let resolve: (module: { default: () => ReactNode }) => void = () => {}
  const Late = lazy(() => new Promise<{ default: () => ReactNode }>((done) => (resolve = done)))
  using page = mountReact(
    <Suspense fallback="loading">
      <Feed url={server.url} />
      <Late />
    </Suspense>,
    StrictMode,
  )
  await page.says('loading')
  resolve({ default: () => 'late' })
  await page.says(/data=through.*late/)

  expect((await server.records()).requests).toHaveLength(1)
})

test('useEventSource() stops, starts again from the last event ID and keeps its history', async () => {
  await using server = await play({
    replies: [
      { on: { resumed: false }, steps: [{ type: 'event', data: 'one', id: '1' }, { type: 'hang' }] },
      { steps: [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }] },
    ],
  })
  function Controlled(): ReactNode {
    const { start, stop, reset, history, phase } = useEventSource(server.url)
    return (
      <>
        <button onClick={() => start()}>start</button>
        <button onClick={stop}>stop</button>
        <button onClick={reset}>reset</button>
        <p>{`${phase} ${history.map(({ data }) => data)}!`}</p>
      </>
    )
  }
  using page = mountReact(<Controlled />)
  await page.says('open one!')
  page.click('stop')
  await page.says('closed one!')
  page.click('start')
  await page.says('open one,two!')
  page.click('reset')
  await page.says('idle !')
  await server.closed(2)
})
