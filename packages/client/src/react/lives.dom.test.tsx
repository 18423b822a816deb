import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/react'
import { Component, StrictMode, Suspense, useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { mountReact } from '../../test/support/mount-react.tsx'

const tokens = (...texts: string[]): Step[] => texts.map((data) => ({ type: 'event', data }))
const hanging = (...texts: string[]) => scenario([...tokens(...texts), { type: 'hang' }])

test('useEventStream() whose effect starts it, and stops it when it is cleaned up, sends one request under StrictMode', async () => {
  await using server = await play(hanging('a'))
  function Ask(): ReactNode {
    const { data, start, stop } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    useEffect(() => {
      start()
      return stop
    }, [start, stop])
    return <p>{`${data}!`}</p>
  }
  using page = mountReact(<Ask />, StrictMode)
  await page.says('a!')
  page.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventStream() that a child starts as it mounts, in an effect of each kind, sends one request', async () => {
  await using server = await play(hanging('a'))
  function Child({ start }: { start: () => void }): ReactNode {
    useLayoutEffect(() => start(), [start])
    useEffect(() => start(), [start])
    return null
  }
  function Ask(): ReactNode {
    const { data, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    return (
      <p>
        <Child start={start} />
        {`${data}!`}
      </p>
    )
  }
  using page = mountReact(<Ask />, StrictMode)
  await page.says('a!')
  page.unmount()

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventStream() that waits in Suspense keeps its answer, and an effect that React calls again sends nothing', async () => {
  await using server = await play(
    scenario([
      ...tokens('a'),
      { type: 'gate', name: 'more' },
      ...tokens('b', 'c'),
      { type: 'gate', name: 'end' },
      ...tokens('d', '[DONE]'),
    ]),
  )
  let resolve = () => {}
  let waits = new Promise<void>((done) => (resolve = done))
  const settled = new Set<unknown>()
  void waits.then(() => settled.add(waits))
  const heard: string[] = []
  function Ask(): ReactNode {
    const [waiting, wait] = useState(false)
    const { data, history, start } = useEventStream({
      request: () => ({ url: server.url, json: {}, until: '[DONE]' }),
      onEvent: (event) => heard.push(event.data),
    })
    useEffect(() => start(), [start])
    if (waiting && !settled.has(waits)) throw waits
    return <button onClick={() => wait(true)}>{`${data} ${history.length}!`}</button>
  }
  using page = mountReact(
    <Suspense fallback="loading">
      <Ask />
    </Suspense>,
    StrictMode,
  )
  await page.says('a 1!')
  page.click('a 1!')
  await page.says('loading')
  await server.release('more')
  await expect.poll(() => heard).toEqual(['a', 'b', 'c'])
  resolve()
  await page.says('c 3!')
  await server.release('end')
  await page.says('d 4!')

  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventSource() and useEventStream() that are unmounted while they connect give their requests up', async () => {
  await using server = await play(scenario([{ type: 'hang' }]))
  function Both(): ReactNode {
    const feed = useEventSource(server.url)
    const { phase, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
    useEffect(() => start(), [start])
    return <p>{`${feed.phase} ${phase}!`}</p>
  }
  using page = mountReact(<Both />, StrictMode)
  await server.requests(2)
  await page.says('connecting connecting!')
  page.unmount()

  const { exchanges } = await server.closed(2)
  expect(exchanges).toMatchObject([{ state: 'aborted' }, { state: 'aborted' }])
})

test('useEventStream() that is started twice at once sends the second request only', async () => {
  await using server = await play(hanging('a'))
  function Ask(): ReactNode {
    const { data, start } = useEventStream({ request: (n: number) => ({ url: server.url, json: { n } }) })
    const twice = () => {
      start(1)
      start(2)
    }
    return (
      <p>
        <button onClick={twice}>ask</button>
        {`${data}!`}
      </p>
    )
  }
  using page = mountReact(<Ask />)
  await page.says('undefined!')
  page.click('ask')
  await page.says('a!')

  expect((await server.records()).requests).toMatchObject([{ body: '{"n":2}' }])
})

test('useEventStream() with another key closes the answer under way, and shows nothing of it', async () => {
  await using server = await play(hanging('a'))
  function Ask({ id }: { id: string }): ReactNode {
    const { data, phase, start } = useEventStream({ request: () => ({ url: server.url, json: { id } }) })
    return (
      <p>
        <button onClick={() => start()}>ask</button>
        {`${id} ${phase} ${data}!`}
      </p>
    )
  }
  using page = mountReact(<Ask key="1" id="first" />)
  await page.says('first idle')
  page.click('ask')
  await page.says('first open a!')
  page.render(<Ask key="2" id="second" />)
  await page.says('second idle undefined!')

  expect((await server.closed(1)).requests).toHaveLength(1)
})

class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : String(this.state.error)
  }
}

test('useEventSource() in a component that throws closes with it', async () => {
  await using server = await play(hanging('a', 'boom'))
  function Fragile(): ReactNode {
    const { data } = useEventSource(server.url)
    if (data === 'boom') throw new RangeError('too much')
    return <p>{data}</p>
  }
  using page = mountReact(
    <Boundary>
      <Fragile />
    </Boundary>,
  )
  await page.says('RangeError: too much')

  expect((await server.closed(1)).requests).toHaveLength(1)
})

test.each([null, undefined, false, ''] as const)('useEventSource(%j) opens nothing', async (url) => {
  await using server = await play(hanging('a'))
  function Feeds(): ReactNode {
    const off = useEventSource(url)
    const on = useEventSource(server.url)
    return <p>{`${off.phase} ${on.phase} ${on.data}!`}</p>
  }
  using page = mountReact(<Feeds />)
  await page.says('idle open a!')
})
