import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/react'
import * as React from 'react'
import { useEffect, useLayoutEffect, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { describe, expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { mountReact } from '../../test/support/mount-react.tsx'

/** React 18 has none. */
const Activity = 'Activity' in React ? React.Activity : null

const feed: Step[] = [{ type: 'event', data: 'one', id: '1' }, { type: 'hang' }]
const more: Step[] = [{ type: 'event', data: 'two', id: '2' }, { type: 'hang' }]

function Feed({ url, effects }: { url: string; effects?: string[] }): ReactNode {
  const { start, stop, history, phase } = useEventSource(url)
  useEffect(() => {
    effects?.push('shown')
    return () => void effects?.push('hidden')
  }, [effects])
  return (
    <>
      <button onClick={() => start()}>start</button>
      <button onClick={stop}>stop</button>
      <p>{`${phase} ${history.map(({ data }) => data)}!`}</p>
    </>
  )
}

interface Heard {
  readonly url: string
  readonly onEvent: (event: { data: string }) => void
}

function Subscriber({ url, onEvent }: Heard): ReactNode {
  const { history } = useEventSource(url, { onEvent })
  return <p>{`${history.map(({ data }) => data)}!`}</p>
}

function Asker({ url, onEvent }: Heard): ReactNode {
  const { history, start } = useEventStream({ request: () => ({ url, json: {} }), onEvent })
  useEffect(() => start(), [start])
  return <p>{`${history.map(({ data }) => data)}!`}</p>
}

describe.skipIf(Activity === null)('in an <Activity>', () => {
  const within = (mode: 'visible' | 'hidden', node: ReactNode) =>
    Activity && <Activity mode={mode}>{node}</Activity>

  test('useEventSource() closes when it is hidden, and goes on from the last event ID when it is shown', async () => {
    await using server = await play(scenario(feed, more))
    using page = mountReact(within('visible', <Feed url={server.url} />))
    await page.says('open one!')
    page.render(within('hidden', <Feed url={server.url} />))
    await server.closed(1)
    page.render(within('visible', <Feed url={server.url} />))
    await page.says('open one,two!')

    expect((await server.requests(2))[1]?.headers['last-event-id']).toBe('1')
  })

  test('useEventSource() that the user has stopped stays stopped until the user starts it', async () => {
    await using server = await play(scenario(feed, more))
    const effects: string[] = []
    const node = <Feed url={server.url} effects={effects} />
    using page = mountReact(within('visible', node))
    await page.says('open one!')
    page.click('stop')
    await page.says('closed one!')
    page.render(within('hidden', node))
    await expect.poll(() => effects).toEqual(['shown', 'hidden'])
    page.render(within('visible', node))
    await expect.poll(() => effects).toEqual(['shown', 'hidden', 'shown'])
    // What another one sends is there: so would be its.
    const other = await fetch(`${server.url}?other`)
    await other.body?.cancel()
    expect((await server.requests(2)).map(({ url }) => url.includes('other'))).toEqual([false, true])
    await page.says('closed one!')
    page.click('start')
    await page.says('open one,two!')
  })

  test('useEventStream() that a layout effect starts as it is shown again sends one request more', async () => {
    await using server = await play(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
    function Immediate(): ReactNode {
      const { start, phase, data } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
      useLayoutEffect(() => start(), [start])
      return <p>{`${phase} ${data}!`}</p>
    }
    using page = mountReact(within('visible', <Immediate />))
    await page.says('open a!')
    page.render(within('hidden', <Immediate />))
    await server.closed(1)
    page.render(within('visible', <Immediate />))
    await server.requests(2)
    await page.says('open a!')
    page.unmount()
    expect((await server.closed(2)).requests).toHaveLength(2)
  })
  test.each([
    ['useEventSource', Subscriber],
    ['useEventStream', Asker],
  ])('%s() that is hidden and shown again at once brings each event to onEvent once', async (_, Hook) => {
    await using server = await play(
      scenario([{ type: 'text', text: 'data: a\n\ndata: b\n\ndata: c\n\n' }, { type: 'hang' }]),
    )
    const heard: string[] = []
    const onEvent = ({ data }: { data: string }) => {
      // The bound ends what would go on for ever.
      if (heard.push(data) > 10) return
      flushSync(() => page.render(within('hidden', node)))
      flushSync(() => page.render(within('visible', node)))
    }
    const node = <Hook url={server.url} onEvent={onEvent} />
    using page = mountReact(within('visible', node))
    await page.says('a,b,c!')

    expect(heard).toEqual(['a', 'b', 'c'])
  })
})
